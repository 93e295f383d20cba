"""Graduation with its bill and two reviews, the order, its settlement and the dealer's confirmation."""

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from suite.demo.client import Client, wait_for
from suite.demo.opening import approve
from suite.demo.people import People

# Where the usual fonts for Chinese lie; without one the slip bears figures only.
CHINESE = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/System/Library/Fonts/PingFang.ttc"),
)


def graduate(people: People, class_id: str) -> dict[str, Any]:
    """K27–K29: the application closes the class; counted and billed, it goes through both reviews."""
    business = people.staff("business")
    applied = business.post(f"/classroom/classes/{class_id}/graduations")
    path = f"/classroom/graduations/{applied['id']}"
    counted: dict[str, Any] = wait_for("the counts and the bill", lambda: _billed(business, path))
    approve(people.staff("manager"), applied["id"], "同意结业")
    approve(people.staff("reviewer"), applied["id"], "同意结业")
    return counted


def find_order(people: People, class_id: str) -> dict[str, Any]:
    """B2: the order that billing made of the graduation."""
    business = people.staff("business")

    def look() -> dict[str, Any] | None:
        orders = business.get("/billing/orders", kind="class")["items"]
        return next((order for order in orders if order["class_id"] == class_id), None)

    found: dict[str, Any] = wait_for("the order", look)
    return found


def submit(people: People, order: dict[str, Any]) -> dict[str, Any]:
    """B6, B7: a bank settlement with its voucher. Returns the settlement."""
    business = people.staff("business")
    account = business.post("/billing/settlements/receiving-account", {"order_ids": [order["id"]]})
    slip = remittance(order["amount"], payer=account["payer_account_name"], payee=account["account_name"])
    voucher = business.upload("/billing/vouchers", {"file": ("凭证.jpg", slip, "image/jpeg")})
    settlement: dict[str, Any] = business.post(
        "/billing/settlements",
        {
            "order_ids": [order["id"]],
            "payer_account_name": account["payer_account_name"],
            "payer_account_number": "6222020200012345678",
            "payer_bank": "演示银行北京朝阳支行",
            "amount": order["amount"],
            "voucher_id": voucher["id"],
            "note": "演示结算",
        },
    )
    return settlement


def remittance(amount: str, *, payer: str = "", payee: str = "") -> bytes:
    """A picture of a bank's slip: a ruled form with the amount on it, and with words where a font has them."""
    image = Image.new("RGB", (900, 540), (252, 251, 246))
    draw = ImageDraw.Draw(image)
    ink, seal = (70, 90, 130), (190, 60, 50)
    draw.rectangle((40, 110, 860, 460), outline=ink, width=3)
    for y in range(180, 460, 70):
        draw.line((40, y, 860, y), fill=ink, width=2)
    draw.line((240, 110, 240, 460), fill=ink, width=2)
    draw.ellipse((700, 350, 830, 480), outline=seal, width=6)
    font = next((path for path in CHINESE if path.is_file()), None)
    said = {
        "付款户名": payer,
        "收款户名": payee,
        "转账金额": f"¥{amount}",
        "用途": "培训费",
        "状态": "交易成功",
    }
    if font is None:
        draw.text((270, 268), f"¥{amount}", fill=(30, 30, 30), font_size=30)
    else:
        draw.text((340, 36), "银行电子回单", fill=ink, font=ImageFont.truetype(str(font), 36))
        small = ImageFont.truetype(str(font), 26)
        for place, (label, words) in enumerate(said.items()):
            draw.text((70, 126 + 70 * place), label, fill=ink, font=small)
            draw.text((270, 126 + 70 * place), words, fill=(30, 30, 30), font=small)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=85)
    return content.getvalue()


def settle(people: People, order: dict[str, Any]) -> dict[str, Any]:
    """B6, B7, B10: submitted, then confirmed by the dealer. Returns the order afterwards."""
    settlement = submit(people, order)
    people.staff("finance").post(f"/billing/settlements/{settlement['id']}/confirmation")
    settled: dict[str, Any] = people.staff("business").get(f"/billing/orders/{order['id']}")
    return settled


def read_feed(people: People, order: dict[str, Any]) -> list[str]:
    """B15: the types of the dealer's events about this order, read to the end of the feed."""
    finance = people.staff("finance")
    told: list[str] = wait_for("the confirmation in the dealer's feed", lambda: _told(finance, order))
    return told


def _told(dealer: Client, order: dict[str, Any]) -> list[str] | None:
    types, after = [], None
    while True:
        page = dealer.get("/billing/events", after=after, limit=100)
        about = [event for event in page["items"] if order["number"] in str(event["data"])]
        types += [str(event["type"]) for event in about]
        if not page["items"] or page["next"] == after:
            break
        after = page["next"]
    return types if any("confirmed" in kind for kind in types) else None


def _billed(reader: Client, path: str) -> dict[str, Any] | None:
    found: dict[str, Any] = reader.get(path)
    return found if found["amount"] is not None and found["billed_headcount"] is not None else None
