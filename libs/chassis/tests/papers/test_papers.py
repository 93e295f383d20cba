"""Signing, reading, rotating."""

from __future__ import annotations

import dataclasses
import gc
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from chassis import clock
from chassis.papers import BadPaper, ExpiredPaper, Signer
from chassis.papers.keys import signing_keys
from chassis.testing import race
from cryptography.exceptions import InvalidTag

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def papers(committed):
    return committed.app.extensions["kaike.runtime"]


def test_a_paper_is_read_until_its_end_and_not_before_its_begin(papers):
    paper = papers.signer.sign({"sub": "x"}, typ="voucher", lifetime=60, now=NOW)
    read = lambda at: papers.papers.read(paper, typ="voucher", issuer="bakery", now=at)  # noqa: E731
    assert read(NOW)["sub"] == "x"
    assert read(NOW + timedelta(seconds=59))["sub"] == "x"
    for at in (NOW + timedelta(seconds=60), NOW - timedelta(seconds=5)):
        with pytest.raises(ExpiredPaper):
            read(at)
    late = papers.papers.read(
        paper, typ="voucher", issuer="bakery", now=NOW + timedelta(days=1), expired_ok=True
    )
    assert late["exp"] - late["nbf"] == 60


def test_a_paper_of_another_kind_or_with_a_changed_letter_is_bad(papers):
    paper = papers.signer.sign({"sub": "x"}, typ="voucher", lifetime=60, now=NOW)
    head, body, signature = paper.split(".")
    other = papers.signer.sign({"sub": "y"}, typ="voucher", lifetime=60, now=NOW).split(".")
    for bad in (f"{head}.{other[1]}.{signature}", f"{head}.{body}.", "", "a.b"):
        with pytest.raises(BadPaper):
            papers.papers.read(bad, typ="voucher", issuer="bakery", now=NOW)
    with pytest.raises(BadPaper):
        papers.papers.read(paper, typ="access", issuer="bakery", now=NOW)


def test_after_a_rotation_old_papers_still_read_and_the_new_key_signs_after_its_head_start(papers):
    signer = papers.signer
    old = signer.sign({"sub": "x"}, typ="voucher", lifetime=3600, now=NOW)
    before = {key["kid"] for key in signer.public_set()["keys"]}
    real_now = clock.now()
    fresh = signer.rotate(real_now)
    assert {key["kid"] for key in signer.public_set()["keys"]} == before | {fresh}
    assert _kid(signer.sign({}, typ="v", lifetime=60, now=real_now)) in before
    assert _kid(signer.sign({}, typ="v", lifetime=60, now=real_now + timedelta(seconds=91))) == fresh
    assert papers.papers.read(old, typ="voucher", issuer="bakery", now=NOW)["sub"] == "x"


def test_long_superseded_keys_go(papers):
    signer = papers.signer
    first = {key["kid"] for key in signer.public_set()["keys"]}
    start = clock.now()
    second = signer.rotate(start)
    third = signer.rotate(start + timedelta(days=3))
    kids = {key["kid"] for key in signer.public_set()["keys"]}
    assert kids == {second, third}
    assert not kids & first


def test_published_keys_hold_no_private_part(papers, committed):
    published = committed.client.anonymous.get("/api/v1/bakery/jwks").json["keys"]
    assert published
    assert all("d" not in key and key["use"] == "sig" for key in published)


def _kid(paper):
    from joserfc.jws import extract_compact

    return extract_compact(paper.encode()).headers()["kid"]


def test_of_two_processes_that_start_at_once_one_makes_the_first_key(committed, papers):
    with committed.sessions() as session, session.begin():
        session.execute(sa.delete(signing_keys))
    engine = committed.sessions.kw["bind"]
    signers = [Signer("bakery", engine, committed.settings) for _ in range(4)]
    assert race(*[lambda signer=signer: signer.ensure_key(clock.now()) for signer in signers]) == [None] * 4
    published = [[key["kid"] for key in signer.public_set()["keys"]] for signer in signers]
    assert len(published[0]) == 1
    assert published == [published[0]] * 4


def test_who_has_keys_does_not_wait_for_the_one_who_reads_them_again(papers):
    signer = papers.signer
    signer.public_set()
    signer._loaded_at = 0.0
    with signer._lock:  # another thread is reading, and has no database connection yet
        assert signer.sign({"sub": "x"}, typ="voucher", lifetime=60, now=clock.now())


def test_a_key_sealed_with_another_secret_is_not_taken(committed):
    other = dataclasses.replace(committed.settings, secret_key="another secret")
    with pytest.raises(InvalidTag):
        Signer("bakery", committed.sessions.kw["bind"], other).public_set()


def test_a_paper_that_was_read_once_as_what_it_is_is_still_nothing_else(papers):
    paper = papers.signer.sign({"sub": "x"}, typ="voucher", lifetime=60, now=NOW)
    for _ in range(2):
        assert papers.papers.read(paper, typ="voucher", issuer="bakery", now=NOW)["sub"] == "x"
        for typ, issuer in (("access", "bakery"), ("voucher", "identity"), ("voucher", "nobody")):
            with pytest.raises(BadPaper):
                papers.papers.read(paper, typ=typ, issuer=issuer, now=NOW)


def test_what_is_remembered_of_papers_goes_with_their_end_and_takes_less_than_a_kilobyte_each(papers):
    reader, signer = papers.papers, papers.signer
    made = [signer.sign(claims(number), typ="voucher", lifetime=60, now=NOW) for number in range(500)]
    reader.read(made[0], typ="voucher", issuer="bakery", now=NOW)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for paper in made[1:]:
        assert reader.read(paper, typ="voucher", issuer="bakery", now=NOW)["class"]
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert taken / len(made) < 1024
    later = NOW + timedelta(seconds=61)
    fresh = signer.sign(claims(0), typ="voucher", lifetime=60, now=later)
    assert reader.read(fresh, typ="voucher", issuer="bakery", now=later) == reader.read(
        fresh, typ="voucher", issuer="bakery", now=later
    )
    assert len(reader._known) == 1


def claims(number):
    """As many as a ticket has."""
    names = ("sub", "enrolment", "class", "package", "policy", "item")
    return dict.fromkeys(names, f"0190aaaa-0000-7000-8000-{number:012}") | {"epoch": number}
