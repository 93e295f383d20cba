"""What a log line never holds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import sqlalchemy as sa
import structlog
from bakery.app import Loaf
from chassis.ids import new_id
from chassis.logs import refuse_private, tell_exception


def test_values_of_private_names_are_not_written():
    said = refuse_private(None, "info", {"mobile": "13900000001", "ms": 3})
    assert said == {"mobile": "[private]", "ms": 3}


def test_an_error_is_told_with_its_place_and_without_the_row_that_it_is_about(session):
    row = {"id": new_id(), "bakery_id": new_id(), "name": "张三丰", "price_fen": -7001, "version": 1}
    row |= {"created_at": sa.func.now(), "updated_at": sa.func.now()}
    with pytest.raises(sa.exc.IntegrityError) as caught, session.begin_nested():
        session.execute(sa.insert(Loaf).values(row))
    line = json.dumps(dict(tell_exception(None, "error", {"exc_info": caught.value})), ensure_ascii=False)
    assert "ck_loaves_price" in line
    assert "test_logs.py" in line
    assert "张三丰" not in line
    assert "7001" not in line


def test_a_log_line_without_an_error_stays_as_it_is():
    assert tell_exception(None, "info", {"event": "x"}) == {"event": "x"}


def test_a_fault_of_ours_is_logged_with_its_traceback(client, actor):
    someone = actor("registrar", provider_id=new_id())
    with structlog.testing.capture_logs() as lines:
        client.as_(someone).get("/api/v1/bakery/oven")
    told = next(line for line in lines if line["event"] == "unhandled")
    assert "look_into_oven" in tell_exception(None, "error", told)["exception"]


WITH_A_TRACEBACK = """
import logging, sys, threading
from chassis.config import Settings
from chassis.logs import configure_logs

def fail():
    raise ConnectionRefusedError("no broker")

configure_logs(Settings.from_env("bakery", {"KAIKE_ENV": "test", "KAIKE_SECRET": "a secret of the tests"}))
try:
    fail()
except OSError:
    logging.getLogger("pika.adapters").exception("Error in %s", "_create_connection")
thread = threading.Thread(target=fail, name="oven")
thread.start()
thread.join()
"""


def test_what_a_library_logs_and_what_ends_a_thread_is_one_line_each_with_its_traceback_inside():
    done = subprocess.run(
        [sys.executable, "-c", WITH_A_TRACEBACK], capture_output=True, text=True, check=True, timeout=60
    )
    library, thread = [json.loads(line) for line in done.stderr.splitlines()]
    assert (library["logger"], library["level"]) == ("pika.adapters", "error")
    assert (library["event"], library["error"]) == ("Error in _create_connection", "ConnectionRefusedError")
    assert "in fail" in library["exception"]
    assert (thread["event"], thread["thread"], thread["error"]) == (
        "thread_ended",
        "oven",
        "ConnectionRefusedError",
    )
