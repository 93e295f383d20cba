"""Errors that the pages report (K31)."""

from __future__ import annotations

from typing import Any

import pytest
from chassis.ids import new_id
from chassis.testing import Tester
from identity.actions.note_client_error import ERRORS
from identity.testing import as_actor
from structlog.testing import capture_logs

PATH = "/api/v1/identity/client-errors"


def a_report(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "view",
        "message": "TypeError: 王芳 13900000001 is not a function",
        "stack": "TypeError: x\n    at f (https://a.example/assets/index-Bk3.js:1:2)",
        "page": "player",
        "class_id": str(new_id()),
        "browser": "Chrome 131",
        "device": "Android 14",
        "screen": "390x844",
        "release": "index-Bk3.js",
        "request_ids": [str(new_id())],
        "at": "2026-11-24T08:00:00Z",
    } | changes


def counted() -> float:
    return sum(
        s.value
        for m in ERRORS.collect()
        for s in m.samples
        if s.labels.get("page") == "player" and s.name.endswith("_total")
    )


def test_an_error_is_written_down_without_naming_anybody_and_counted(client: Tester):
    report, before = a_report(), counted()
    with capture_logs() as lines:
        assert client.anonymous.post(PATH, json=report).status_code == 204
    (line,) = [each for each in lines if each["event"] == "client_error"]
    assert line["message"] == "TypeError: … … is not a function"
    assert (line["page"], line["class_id"], line["request_ids"]) == (
        "player",
        report["class_id"],
        report["request_ids"],
    )
    assert (line["browser"], line["device"], line["screen"]) == ("Chrome 131", "Android 14", "390x844")
    assert counted() == before + 1


def test_who_was_signed_in_is_not_written_down(client: Tester, account: Any):
    me = account("learner")
    with capture_logs() as lines:
        client.as_(as_actor(me)).post(PATH, json=a_report())
    assert str(me.id) not in str(lines)
    assert me.name not in str(lines)


@pytest.mark.parametrize(
    "wrong",
    [
        {"message": "m" * 301},
        {"stack": "s" * 2001},
        {"kind": "mine"},
        {"page": "王芳"},
        {"browser": "<script>"},
        {"class_id": "1"},
        {"request_ids": ["r" * 8] * 6},
        {"account": "13900000001"},
    ],
)
def test_what_is_no_report_is_refused(client: Tester, wrong: dict[str, Any]):
    with capture_logs() as lines:
        assert client.anonymous.post(PATH, json=a_report(**wrong)).status_code == 422
    assert not [each for each in lines if each["event"] == "client_error"]


def test_the_pages_that_are_counted_are_few(client: Tester):
    for place in range(250):
        client.anonymous.post(PATH, json=a_report(page=f"made-up-{place}"))
    pages = {sample.labels["page"] for metric in ERRORS.collect() for sample in metric.samples}
    assert len(pages) <= 201
