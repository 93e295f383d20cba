"""From the last byte to a verdict (C10)."""

import io

import pytest
from catalog.demo import DOCUMENT, VIDEOS, demo_file
from chassis.jobs import run_due
from chassis.jobs.model import jobs
from chassis.testing import Caller
from files import StoreAway
from PIL import Image

BASE = "/api/v1/catalog"


@pytest.fixture
def registrar(committed, actor, clock) -> Caller:
    return committed.client.as_(actor("registrar", provider_id=actor().account_id))


def uploaded(caller: Caller, content: bytes, *, kind: str, parts: int = 2) -> str:
    upload = caller.post(f"{BASE}/uploads", json={"name": "课", "size": len(content), "kind": kind}).json
    step = -(-len(content) // parts)
    for start in range(0, len(content), step):
        headers = {"Upload-Offset": str(start)}
        answer = caller.patch(
            f"{BASE}/uploads/{upload['id']}", data=content[start : start + step], headers=headers
        )
        assert answer.status_code == 200, answer.text
    return answer.json["media_id"]


def judged(committed, service, clock, caller: Caller, media_id: str) -> dict:
    assert run_due(service, committed.settings, committed.sessions, clock.now)
    return caller.get(f"{BASE}/media/{media_id}").json


def kept_files(committed) -> list[bytes]:
    return [path.read_bytes() for path in (committed.settings.var / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(("name", "seconds"), [(VIDEOS[0], 6), (VIDEOS[1], 5)])
def test_a_videos_duration_is_read_from_the_file(committed, service, clock, registrar, name, seconds) -> None:
    content = demo_file(name)
    medium = judged(committed, service, clock, registrar, uploaded(registrar, content, kind="video", parts=3))
    assert (medium["state"], medium["seconds"], medium["content_type"]) == ("ready", seconds, "video/mp4")
    assert kept_files(committed) == [content]


def test_a_document_is_a_pdf(committed, service, clock, registrar) -> None:
    content = demo_file(DOCUMENT)
    medium = judged(committed, service, clock, registrar, uploaded(registrar, content, kind="document"))
    assert (medium["state"], medium["content_type"], medium["seconds"]) == ("ready", "application/pdf", None)


def test_a_picture_for_an_introduction(committed, service, clock, registrar) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")
    medium = judged(committed, service, clock, registrar, uploaded(registrar, out.getvalue(), kind="image"))
    assert (medium["state"], medium["width"], medium["height"]) == ("ready", 40, 30)


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("video", b"#!/bin/sh\nrm -rf /\n" * 10, "files.video.not_a_video"),
        ("video", demo_file(DOCUMENT), "files.video.not_a_video"),
        ("video", demo_file(VIDEOS[0])[:20_000], "files.video.damaged"),
        ("document", demo_file(VIDEOS[0]), "files.pdf.not_a_pdf"),
        ("document", demo_file(DOCUMENT)[:-600], "files.pdf.damaged"),
        ("audio", demo_file(VIDEOS[0]), "files.audio.not_audio"),
        ("image", b"<svg onload=alert(1)>", "files.image.not_an_image"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_reason(
    committed, service, clock, registrar, kind, content, code
) -> None:
    medium = judged(committed, service, clock, registrar, uploaded(registrar, content, kind=kind))
    assert (medium["state"], medium["refusal"]["code"]) == ("refused", code)
    assert medium["refusal"]["reason"]
    assert medium["refusal"]["next_step"]
    assert kept_files(committed) == []


def test_a_job_that_runs_again_changes_nothing(committed, service, clock, registrar) -> None:
    media_id = uploaded(registrar, demo_file(VIDEOS[0]), kind="video")
    before = judged(committed, service, clock, registrar, media_id)
    with committed.sessions() as session:
        session.execute(jobs.update().values(state="waiting"))
        session.commit()
    assert judged(committed, service, clock, registrar, media_id) == before
    assert len(kept_files(committed)) == 1


def test_the_job_is_seen_by_whoever_uploaded(committed, service, clock, registrar) -> None:
    media_id = uploaded(registrar, demo_file(VIDEOS[0]), kind="video")
    judged(committed, service, clock, registrar, media_id)
    with committed.sessions() as session:
        job_id = session.scalar(jobs.select().with_only_columns(jobs.c.id))
    job = registrar.get(f"{BASE}/jobs/{job_id}").json
    assert (job["state"], job["result"]["media_id"]) == ("done", media_id)


def test_a_file_that_kills_its_worker_is_not_looked_at_for_ever(
    committed, service, clock, registrar, monkeypatch
) -> None:
    looked_at = []
    media_id = uploaded(registrar, demo_file(VIDEOS[0]), kind="video")
    with committed.sessions() as session:  # three workers have died of it
        session.execute(jobs.update().values(attempts=3))
        session.commit()
    monkeypatch.setattr("catalog.actions.judge_upload.judged", looked_at.append)
    medium = judged(committed, service, clock, registrar, media_id)
    assert (medium["state"], medium["refusal"]["code"]) == ("refused", "catalog.media.not_judged")
    assert (looked_at, kept_files(committed)) == ([], [])


def test_a_store_that_is_away_for_a_moment_is_no_verdict(
    committed, service, clock, registrar, monkeypatch
) -> None:
    content = demo_file(DOCUMENT)
    media_id = uploaded(registrar, content, kind="document")

    def away(*_args, **_kwargs):
        raise StoreAway

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("files.FolderStore.put", away)
        assert judged(committed, service, clock, registrar, media_id)["state"] == "processing"
    assert judged(committed, service, clock, registrar, media_id)["state"] == "ready"
    assert kept_files(committed) == [content]


def test_what_we_fail_to_judge_is_refused_after_the_last_try(
    committed, service, clock, registrar, monkeypatch
) -> None:
    def fails(*_args, **_kwargs):
        raise RuntimeError("the judge fell asleep")

    monkeypatch.setattr("catalog.actions.judge_upload.judged", fails)
    media_id = uploaded(registrar, demo_file(VIDEOS[0]), kind="video")
    states = [judged(committed, service, clock, registrar, media_id)["state"] for _ in range(3)]
    assert states == ["processing", "processing", "refused"]
    refusal = registrar.get(f"{BASE}/media/{media_id}").json["refusal"]
    assert refusal["code"] == "catalog.media.not_judged"
