"""Health is told without waiting for whoever writes."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import sqlalchemy as sa
from chassis import troubles
from chassis.db import transaction
from prometheus_client import REGISTRY


def test_a_long_write_does_not_make_the_process_unready(committed):
    with committed.sessions() as session, transaction(session):
        session.execute(sa.text("UPDATE loaves SET price_fen = 1"))  # holds SQLite's only write lock
        answer = committed.client.anonymous.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"service": "bakery", "ready": True})


def test_a_database_that_is_away_makes_the_process_unready_and_says_no_secret(committed, monkeypatch):
    def refuse(self, *_args, **_kwargs):
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("password=hunter2"))

    monkeypatch.setattr(sa.engine.Engine, "connect", refuse)
    answer = committed.client.anonymous.get("/readyz")
    assert (answer.status_code, answer.json["database"]) == (503, "OperationalError")
    assert "hunter2" not in answer.text
    assert committed.client.anonymous.get("/livez").status_code == 200


def test_metrics_count_by_operation_and_never_by_path(client, actor):
    client.anonymous.get("/api/v1/bakery/loaves/0190aaaa-0000-7000-8000-000000000000")
    client.anonymous.get("/api/v1/bakery/anything/at/all")
    text = client.anonymous.get("/metrics").text
    assert 'operation="none"' in text
    assert "0190aaaa" not in text
    assert "anything" not in text


def test_what_is_full_or_away_is_named_and_counted_and_makes_nothing_unready(committed, monkeypatch):
    counted = REGISTRY.get_sample_value("kaike_away_total", {"what": "store"}) or 0
    troubles.met("store")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1024))
    answer = committed.client.anonymous.get("/readyz")
    assert (answer.status_code, answer.json["ready"]) == (200, True)
    assert answer.json["away"] == ["disk", "store"]
    text = committed.client.anonymous.get("/metrics").text
    assert f'kaike_away_total{{what="store"}} {counted + 1}' in text
    assert "kaike_disk_free_bytes 1024.0" in text
