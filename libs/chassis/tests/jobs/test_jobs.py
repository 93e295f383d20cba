"""Long work and periodic work."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa
import structlog
from bakery.app import SERVICE
from chassis import clock
from chassis.errors import Unavailable
from chassis.idempotency_table import keys
from chassis.ids import new_id
from chassis.jobs import JobLost, Periodic, Work, enqueue, read_job, run_due
from chassis.jobs.housekeeping import HOUSEKEEPING
from chassis.jobs.loop import _finish, _take, run_loop
from chassis.jobs.periodic import run_periodic
from chassis.testing import race
from sqlalchemy.orm import Session


def test_a_job_is_done_once_and_seen_by_its_owner_only(committed, actor):
    someone = actor("registrar", provider_id=new_id())
    caller = committed.client.as_(someone)
    path = f"/api/v1/bakery/jobs/{caller.post('/api/v1/bakery/bakings').json['job_id']}"
    assert caller.get(path).json["state"] == "waiting"
    assert run_due(SERVICE, committed.settings, committed.sessions, clock.now()) is True
    assert run_due(SERVICE, committed.settings, committed.sessions, clock.now()) is False
    done = caller.get(path).json
    assert (done["state"], done["progress"], done["result"]) == ("done", 100, {"baked": 3})
    stranger = committed.client.as_(actor("registrar", provider_id=someone.provider_id))
    assert stranger.get(path).json["code"] == "job.not_found"


def test_a_job_whose_worker_died_is_taken_again_and_the_dead_one_cannot_go_on(committed):
    with committed.sessions() as session, session.begin():
        job_id = enqueue(session, kind="bake", args={"loaves": 1}, owner_id=None, now=clock.now()).id
    first = _take(committed.sessions, clock.now())
    assert _take(committed.sessions, clock.now()) is None
    second = _take(committed.sessions, clock.now() + timedelta(minutes=6))
    assert first.id == second.id == job_id
    assert second.attempts == 2
    with pytest.raises(JobLost):
        Work(first, committed.sessions, committed.settings).progress(50)


def test_a_failing_job_is_tried_three_times_and_then_says_so(committed, monkeypatch):
    def burn(work):
        raise ValueError("smoke")

    monkeypatch.setitem(SERVICE.jobs, "bake", burn)
    with committed.sessions() as session, session.begin():
        job_id = enqueue(session, kind="bake", args={}, owner_id=None, now=clock.now()).id
    for state in ("waiting", "waiting", "failed"):
        run_due(SERVICE, committed.settings, committed.sessions, clock.now())
        with committed.sessions() as session:
            assert read_job(session, job_id).state == state


def test_periodic_work_runs_once_per_round_whoever_asks(committed):
    rounds = []
    work = Periodic("count", 60, lambda session, now: rounds.append(session.scalar(sa.text("SELECT 1"))))
    start = clock.now()
    for seconds, done in ((0, True), (1, False), (59, False), (61, True)):
        assert run_periodic(work, committed.sessions, start + timedelta(seconds=seconds)) is done
    assert len(rounds) == 2


def days_go_by(committed, days, *, since):
    """The worker runs all the time; it looks once a day."""
    for day in days:
        run_due(SERVICE, committed.settings, committed.sessions, since + timedelta(days=day))


def answers_kept(committed):
    with committed.sessions() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(keys))


def test_kept_answers_go_after_a_week_and_ended_jobs_after_a_month(committed, actor):
    caller = committed.client.as_(actor("registrar", provider_id=new_id()))
    made = caller.post("/api/v1/bakery/bakings", headers={"Idempotency-Key": "k"}).json["job_id"]
    now = clock.now()
    for days, answers, kept_jobs in ((range(7), 1, 1), (range(7, 30), 0, 1), (range(30, 33), 0, 0)):
        days_go_by(committed, days, since=now)
        with committed.sessions() as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(keys)) == answers, days
            assert (read_job(session, uuid.UUID(made)) is not None) == bool(kept_jobs), days


@pytest.mark.parametrize("leap", [timedelta(days=400), timedelta(days=-400)])
def test_a_clock_that_leaps_purges_nothing_and_parks_no_periodic_work(committed, actor, leap):
    """For some minutes it is far off, and the worker goes on all the time."""
    rounds = []
    work = Periodic("count", 60, lambda session, now: rounds.append(now))
    caller = committed.client.as_(actor("registrar", provider_id=new_id()))
    caller.post("/api/v1/bakery/bakings", headers={"Idempotency-Key": "k"})
    now = clock.now()
    days_go_by(committed, [0], since=now)
    run_periodic(work, committed.sessions, now)
    for minutes in range(3):
        wrong = now + leap + timedelta(minutes=minutes)
        days_go_by(committed, [0], since=wrong)
        run_periodic(work, committed.sessions, wrong)
    assert answers_kept(committed) == 1
    later = now + timedelta(minutes=4)
    assert run_periodic(work, committed.sessions, later)
    days_go_by(committed, range(1, 7), since=later)
    assert answers_kept(committed) == 1
    days_go_by(committed, range(7, 10), since=later)
    assert answers_kept(committed) == 0


def test_a_purge_is_left_out_for_one_round_after_the_worker_has_rested(committed):
    rounds = []
    work = Periodic("purge", 60, lambda session, now: rounds.append(now), purges=True)
    start = clock.now()
    for seconds, done in ((0, True), (61, True), (3600, False), (3601, False), (3661, True)):
        assert run_periodic(work, committed.sessions, start + timedelta(seconds=seconds)) is done


def test_a_job_leased_by_a_clock_that_was_wrong_is_taken_again_when_its_worker_died(committed):
    with committed.sessions() as session, session.begin():
        job_id = enqueue(session, kind="bake", args={"loaves": 1}, owner_id=None, now=clock.now()).id
    assert _take(committed.sessions, clock.now() + timedelta(days=400)).id == job_id
    assert _take(committed.sessions, clock.now()).id == job_id


def test_a_job_that_kills_its_worker_is_not_taken_for_ever(committed):
    with committed.sessions() as session, session.begin():
        job_id = enqueue(session, kind="bake", args={}, owner_id=None, now=clock.now()).id
    at = clock.now()
    for _ in range(3):
        assert _take(committed.sessions, at) is not None  # and the process is gone before it says anything
        at += timedelta(minutes=6)
    assert _take(committed.sessions, at) is None
    with committed.sessions() as session:
        job = read_job(session, job_id)
    assert (job.state, job.error, job.finished_at) == ("failed", "WorkerDied", at)


def test_two_workers_never_take_one_job(committed):
    with committed.sessions() as session, session.begin():
        ids = {enqueue(session, kind="bake", args={}, owner_id=None, now=clock.now()).id for _ in range(4)}
    taken = race(*[lambda: _take(committed.sessions, clock.now())] * 4)
    found = [job.id for job in taken if job is not None]
    assert len(found) == len(set(found))
    assert set(found) <= ids


def test_a_clock_that_goes_back_neither_repeats_nor_stops_what_runs(committed):
    with committed.sessions() as session, session.begin():
        enqueue(session, kind="bake", args={}, owner_id=None, now=clock.now())
    now = clock.now()
    job = _take(committed.sessions, now)
    assert _take(committed.sessions, now - timedelta(hours=1)) is None
    Work(job, committed.sessions, committed.settings).progress(50, now=now - timedelta(hours=1))


def test_a_worker_that_lost_its_job_does_not_end_it(committed):
    with committed.sessions() as session, session.begin():
        job_id = enqueue(session, kind="bake", args={}, owner_id=None, now=clock.now()).id
    slow = _take(committed.sessions, clock.now())
    _take(committed.sessions, clock.now() + timedelta(minutes=6))
    _finish(committed.sessions, slow, state="done", result={"baked": 0}, progress=100)
    with committed.sessions() as session:
        assert read_job(session, job_id).state == "running"


def test_two_workers_do_periodic_work_once(committed):
    rounds = []
    work = Periodic("count", 60, lambda session, now: rounds.append(session.scalar(sa.text("SELECT 1"))))
    start = clock.now()
    run_periodic(work, committed.sessions, start)
    later = start + timedelta(seconds=61)
    done = race(*[lambda: run_periodic(work, committed.sessions, later)] * 4)
    assert sorted(done) == [False, False, False, True]
    assert len(rounds) == 2


def test_while_the_database_is_away_one_line_says_so_and_the_loop_goes_on(committed, tmp_path):
    """Each second, for each work: no traceback."""
    gone = sa.create_engine(f"sqlite:///{tmp_path}/nowhere/at/all.db")
    stop, asked = threading.Event(), []

    def sessions() -> Session:
        asked.append(1)
        if len(asked) > len(HOUSEKEEPING):  # the job's turn, which ends the round
            stop.set()
        return Session(gone)

    with structlog.testing.capture_logs() as lines:
        run_loop(replace(SERVICE, periodic=()), committed.settings, sessions, stop)
    assert [line["event"] for line in lines] == ["database_away"] * (len(HOUSEKEEPING) + 1)
    assert not any("exc_info" in line for line in lines)


FULL_DISK = sa.exc.OperationalError("INSERT INTO bread", {}, psycopg.errors.DiskFull("no space"))


@pytest.mark.parametrize("away", [FULL_DISK, psycopg.errors.AdminShutdown("going down"), Unavailable()])
def test_what_a_job_needs_and_is_away_costs_it_no_attempt(committed, monkeypatch, away):
    def interrupted(work):
        raise away

    with committed.sessions() as session, session.begin():
        job_id = enqueue(session, kind="bake", args={"loaves": 1}, owner_id=None, now=clock.now()).id
    with monkeypatch.context() as meanwhile:
        meanwhile.setitem(SERVICE.jobs, "bake", interrupted)
        for _ in range(5):
            assert run_due(SERVICE, committed.settings, committed.sessions, clock.now()) is True
            with committed.sessions() as session:
                job = read_job(session, job_id)
            assert (job.state, job.attempts, job.error) == ("waiting", 0, None)
    assert run_due(SERVICE, committed.settings, committed.sessions, clock.now()) is True
    with committed.sessions() as session:
        assert read_job(session, job_id).state == "done"


def test_a_job_that_the_database_does_not_take_back_is_handed_back_when_it_does(committed, monkeypatch):
    stop, refused = threading.Event(), []

    def interrupted(work):
        monkeypatch.setattr(Session, "commit", refuse)
        raise FULL_DISK

    def refuse(self):
        refused.append(1)
        if len(refused) == 3:
            monkeypatch.undo()
            monkeypatch.setitem(SERVICE.jobs, "bake", lambda work: stop.set())
        raise FULL_DISK

    with committed.sessions() as session, session.begin():
        job_id = enqueue(session, kind="bake", args={}, owner_id=None, now=clock.now()).id
    monkeypatch.setattr("chassis.jobs.loop.HOUSEKEEPING", ())
    monkeypatch.setitem(SERVICE.jobs, "bake", interrupted)
    run_loop(replace(SERVICE, periodic=()), committed.settings, committed.sessions, stop)
    with committed.sessions() as session:
        job = read_job(session, job_id)
    assert (job.state, job.attempts) == ("done", 1)
