"""A teacher imports a roster over HTTP, through the gateway."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import urllib3
from chassis import clock
from openpyxl import load_workbook
from suite.demo.client import Client, wait_for
from suite.demo.opening import XLSX
from suite.demo.people import CHECK_DIGITS, WEIGHTS, People

from bench import load
from bench.figures import Bar, BenchFailed, Figure, median
from bench.ground import Ground
from bench.rounds import Said, in_turn
from bench.scale import Scale
from bench.whole import whole_suite

MOST_SECONDS = 0.5
WORK = "ms for a roster"


def measure(ground: Ground, scale: Scale, say: Said) -> list[Figure]:
    """The line of the import."""
    with whole_suite(ground) as suite:
        people = People(suite.url)
        registrar = people.staff("registrar")
        body, content_type = _body(registrar, scale.rows)

        def import_one() -> float:
            made = _class(people, scale.rows)
            answers = load.send(
                load.Plan(
                    host="127.0.0.1",
                    port=suite.port,
                    requests=[
                        load.Request(
                            "POST",
                            f"/api/v1/classroom/classes/{made}/roster-imports",
                            {"Authorization": f"Bearer {registrar.token}", "Content-Type": content_type},
                            "roster",
                        )
                    ],
                    bodies={"roster": body},
                    clients=1,
                )
            )
            _check(ground, made, scale.rows)
            return answers.latencies[0] * 1000

        found = in_turn({WORK: import_one}, rounds=scale.rounds, say=say)
    return [
        Figure(
            name="roster",
            title=f"import of a roster of {scale.rows} rows",
            value=median(found[WORK]) / 1000,
            unit="s",
            bar=Bar(limit=MOST_SECONDS, least=False),
            details={"milliseconds": found[WORK], "file_bytes": len(body)},
        )
    ]


def _body(teacher: Client, rows: int) -> tuple[bytes, str]:
    """The suite's own template, filled in as people do, in a form."""
    book = load_workbook(io.BytesIO(teacher.call("GET", "/classroom/roster-template").content))
    sheet = book.worksheets[0]
    if sheet.max_row > 1:
        sheet.delete_rows(2, sheet.max_row)  # the template's example
    for place in range(rows):
        number = document_number(place)
        sex = "男" if int(number[16]) % 2 else "女"
        cells = (f"学员{_numeral(place)}", f"138{place:08d}", "居民身份证", number, sex)
        for column, value in enumerate(cells, start=1):
            sheet.cell(place + 2, column, value).number_format = "@"
    filled = io.BytesIO()
    book.save(filled)
    return urllib3.encode_multipart_formdata({"file": ("名单.xlsx", filled.getvalue(), XLSX)})


def document_number(place: int) -> str:
    """A valid resident ID number (GB 11643), another one for each place below 28,000."""
    day, order = place % 28 + 1, place // 28
    body = f"110105199003{day:02d}{order:03d}"
    return body + CHECK_DIGITS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def _numeral(place: int) -> str:
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(place))


def _class(people: People, headcount: int) -> str:
    """A draft with room for everybody."""
    registrar, today = people.staff("registrar"), clock.shanghai_day(clock.now())
    category = wait_for("the categories", lambda: _category(registrar))
    made = registrar.call(
        "POST",
        "/classroom/classes",
        body={
            "type": "vocational_skill",
            "name": f"测量第 {registrar.get('/classroom/classes', page_size=1)['total'] + 1} 班",
            "start_day": str(today),
            "end_day": str(today + timedelta(days=6)),
            "teacher_id": people.account_id("teacher"),
            "planned_headcount": headcount,
            "region": {"province": "北京市", "city": "北京市", "district": "朝阳区"},
            "category_id": category["id"],
            "training_enterprise": "测量企业有限公司",
        },
    )
    return str(made.json["id"])


def _category(reader: Client) -> dict[str, Any] | None:
    items: list[dict[str, Any]] = reader.get("/catalog/categories")["items"]
    return items[0] if items else None


def _check(ground: Ground, class_id: str, rows: int) -> None:
    kept = ground.scalar(
        "classroom", "SELECT count(*) FROM enrolments WHERE class_id = CAST(:id AS uuid)", id=class_id
    )
    if kept != rows:
        raise BenchFailed(f"{kept} of {rows} people are on the roster")
