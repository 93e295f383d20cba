"""A class through its four steps, the roster, and the opening with its quote and two reviews."""

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from chassis import clock
from openpyxl import load_workbook

from suite.demo.client import Client, wait_for
from suite.demo.failed import DemoFailed
from suite.demo.people import HEADCOUNT, People, Person

FEE = "75.00"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def agree_price(people: People) -> None:
    """B1: the account manager writes 75.00 a head, once."""
    manager = people.staff("manager")
    agreements = manager.get("/billing/price-agreements", provider_id=people.provider_id)["items"]
    if any(a["in_force"] and a["per_head_fee"] == FEE for a in agreements):
        return
    today = clock.shanghai_day(clock.now())
    body = {"provider_id": people.provider_id, "per_head_fee": FEE, "term_days": 30}
    wait_for(
        "billing to know the provider",
        lambda: (
            manager.call(
                "POST", "/billing/price-agreements", body={**body, "valid_from": str(today)}, also=(404,)
            ).status
            == 201
        ),
    )


def create_class(people: People, package: dict[str, Any]) -> dict[str, Any]:
    """K2–K4: the steps basic, courses and supervision."""
    registrar = people.staff("registrar")
    today = clock.shanghai_day(clock.now())
    number = registrar.get("/classroom/classes", page_size=1)["total"] + 1
    made = registrar.post(
        "/classroom/classes",
        {
            "type": "vocational_skill",
            "name": f"演示企业班主任岗位第 {number} 班",
            "start_day": str(today),
            "end_day": str(today + timedelta(days=6)),
            "teacher_id": people.account_id("teacher"),
            "assistant_ids": [people.account_id("assistant")],
            "planned_headcount": 12,
            "region": {"province": "北京市", "city": "北京市", "district": "朝阳区"},
            "category_id": package["category_id"],
            "training_enterprise": "演示企业有限公司",
            "announcement": "请每天学习前签到。1. 观看视频；2. 完成课后练习；3. 参加线上考试。",
        },
    )
    path = f"/classroom/classes/{made['id']}"
    chosen = {"package_id": package["package_id"], "version": package["number"]}
    courses = {
        "recorded": True,
        "package": chosen,
        "minutes_per_class_hour": 45,
        "exam": {
            "opens_at": clock.now().isoformat(),
            "closes_at": (clock.now() + timedelta(days=6)).isoformat(),
            "attempts": 3,
            "minutes": 15,
        },
    }
    made = registrar.put(f"{path}/courses", courses, version=made["version"])
    supervision = {"real_name": True, "check_in": "once", "daily_video_hours": 8, "study_windows": []}
    saved: dict[str, Any] = registrar.put(f"{path}/supervision", supervision, version=made["version"])
    return saved


def import_roster(people: People, class_id: str) -> dict[str, Any]:
    """K6: the downloaded template, filled in, tried without effect, imported, and imported again for nothing."""
    teacher = people.staff("teacher")
    template = teacher.call("GET", "/classroom/roster-template").content
    path = f"/classroom/classes/{class_id}/roster-imports"
    parts = {"file": ("名单.xlsx", filled_in(template, people.roster), XLSX)}
    tried = teacher.upload(f"{path}?dry_run=true", parts)
    made: dict[str, Any] = teacher.upload(path, parts)
    again = teacher.upload(path, parts)
    if (tried["added"], made["added"], again["added"]) != (HEADCOUNT, HEADCOUNT, 0):
        raise DemoFailed(
            f"the import added {tried['added']} (dry run), {made['added']} and then {again['added']}"
        )
    return made


def filled_in(template: bytes, roster: Sequence[Person]) -> bytes:
    """The downloaded template with these people instead of its example."""
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    if sheet.max_row > 1:
        sheet.delete_rows(2, sheet.max_row)
    for row, person in enumerate(roster, start=2):
        cells = (person.name, person.mobile, "居民身份证", person.document_number, person.sex)
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column, value)
            cell.number_format = "@"
    filled = io.BytesIO()
    book.save(filled)
    return filled.getvalue()


def submit_opening(people: People, class_id: str) -> dict[str, Any]:
    """K12: the teacher prepares, billing quotes, the business manager submits."""
    prepared = people.staff("teacher").post(f"/classroom/classes/{class_id}/openings")
    path = f"/classroom/openings/{prepared['id']}"
    business = people.staff("business")
    quoted: dict[str, Any] = wait_for("billing's quote", lambda: _quoted(business, path))
    if quoted["quote"] != "priced":
        raise DemoFailed("billing has no price for the provider")
    business.call("POST", f"{path}/submission", headers={"If-Match": f'"v{quoted["version"]}"'})
    return quoted


def open_class(people: People, class_id: str) -> dict[str, Any]:
    """K12–K14: submitted, then approved by two reviewers."""
    quoted = submit_opening(people, class_id)
    approve(people.staff("manager"), quoted["id"], "同意开班")
    approve(people.staff("reviewer"), quoted["id"], "同意开班")
    return quoted


def approve(reviewer: Client, application_id: str, opinion: str) -> dict[str, Any]:
    """K13: one stage of a review."""
    decided: dict[str, Any] = reviewer.post(
        f"/classroom/applications/{application_id}/decisions", {"decision": "approved", "opinion": opinion}
    )
    return decided


def _quoted(reader: Client, path: str) -> dict[str, Any] | None:
    found: dict[str, Any] = reader.get(path)
    return None if found["quote"] == "pending" else found
