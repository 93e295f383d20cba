"""edge-media: files for whoever brings a link that catalog signed, whole or in parts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chassis import clock
from chassis.papers import Papers
from chassis.testing import TestIssuer
from edge.config import EdgeSettings
from edge.media import create_app
from edge.ranges import Part, RangeNotThere, wanted_part
from files import FolderStore
from flask.testing import FlaskClient

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "files")


@pytest.fixture
def media(store: FolderStore, issuer: TestIssuer, tmp_path: Path, contracts: Path) -> FlaskClient:
    settings = EdgeSettings(
        env="test", urls={"catalog": "http://127.0.0.1:9"}, var=tmp_path, contracts=contracts
    )
    papers = Papers(settings.for_chassis("edge_media"), trusts=("catalog",))
    issuer.trusted_by(papers, issuers=frozenset({"catalog"}))
    return create_app(settings, store=store, papers=papers).test_client()


@pytest.fixture
def link(store: FolderStore, issuer: TestIssuer):
    """Puts CONTENT into the store and returns the address of a link to it."""

    def make(*, by: str = "catalog", typ: str = "media", ago: int = 0, **claims: Any) -> str:
        key = store.put(CONTENT, content_type="video/mp4", prefix="media")
        said = {"media_id": "0190-a", "key": key, "content_type": "video/mp4", "sub": "x", **claims}
        said = {name: value for name, value in said.items() if value is not None}
        moment = clock.now() - timedelta(seconds=ago)
        return f"/media/{issuer.paper(by, typ, said, now=moment, lifetime=7200)}"

    return make


def test_a_link_gives_the_whole_file(media: FlaskClient, link: Any):
    answer = media.get(link())
    assert (answer.status_code, answer.data) == (200, CONTENT)
    assert answer.content_type == "video/mp4"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"].startswith("private, max-age=")
    assert answer.headers["Content-Disposition"] == "inline"


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=10000-", 10000, 10240),
        ("bytes=-40", 10200, 10240),
    ],
)
def test_a_range_gives_that_part(media: FlaskClient, link: Any, said: str, start: int, end: int):
    answer = media.get(link(), headers={"Range": said})
    assert (answer.status_code, answer.data) == (206, CONTENT[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/10240"
    assert answer.headers["Content-Length"] == str(end - start)


def test_a_range_behind_the_end_is_416_with_the_size(media: FlaskClient, link: Any):
    answer = media.get(link(), headers={"Range": "bytes=10240-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */10240"
    assert answer.json["code"] == "media.range.not_there"


def test_head_says_the_size_and_sends_nothing(media: FlaskClient, link: Any):
    answer = media.head(link())
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == "10240"


def test_if_range_of_another_file_gives_the_whole(media: FlaskClient, link: Any):
    headers = {"Range": "bytes=0-9", "If-Range": '"another"'}
    answer = media.get(link(), headers=headers)
    assert (answer.status_code, len(answer.data)) == (200, 10240)
    answer = media.get(link(), headers=headers | {"If-Range": '"0190-a"'})
    assert (answer.status_code, len(answer.data)) == (206, 10)


def test_an_expired_link_is_gone_and_says_what_to_do(media: FlaskClient, link: Any):
    answer = media.get(link(ago=7202))
    assert answer.status_code == 410
    assert answer.json["code"] == "media.link.expired"
    assert "刷新页面" in answer.json["next_step"]


@pytest.mark.parametrize(
    "wrong", [{"by": "identity"}, {"typ": "ticket"}, {"key": None}, {"content_type": None}, {"media_id": 7}]
)
def test_a_paper_that_is_no_media_link_opens_nothing(media: FlaskClient, link: Any, wrong: dict[str, Any]):
    answer = media.get(link(**wrong))
    assert answer.status_code == 404
    assert answer.json["code"] == "media.link.unknown"


def test_a_forged_link_opens_nothing(media: FlaskClient, link: Any):
    assert media.get(link()[:-6] + "AAAAAA").status_code == 404
    assert media.get("/media/nonsense").status_code == 404


def test_a_file_that_was_deleted_is_a_404_problem(media: FlaskClient, link: Any):
    answer = media.get(link(key="media/00/00000000000000000000000000000000.mp4"))
    assert answer.status_code == 404
    assert answer.json["code"] == "files.missing"


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/javascript"])
def test_what_could_run_in_a_page_is_only_ever_saved(media: FlaskClient, link: Any, kind: str):
    answer = media.get(link(content_type=kind))
    answer.close()
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "said", [None, "", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "items=0-1", "bytes=a-b"]
)
def test_what_is_no_single_range_means_the_whole(said: str | None):
    assert wanted_part(said, size=100) is None


def test_a_range_is_cut_at_the_end_of_the_file():
    assert wanted_part("bytes=90-1000", size=100) == Part(start=90, length=10)
    assert wanted_part("bytes=-1000", size=100) == Part(start=0, length=100)


@pytest.mark.parametrize(("said", "size"), [("bytes=-0", 100), ("bytes=0-", 0), ("bytes=100-", 100)])
def test_a_range_without_a_byte_is_refused(said: str, size: int):
    with pytest.raises(RangeNotThere):
        wanted_part(said, size=size)


def test_edge_media_says_that_it_lives(media: FlaskClient):
    assert media.get("/livez").json == {"service": "edge_media", "live": True}
    assert media.get("/readyz").status_code == 200
    assert media.get("/metrics").status_code == 200


def test_a_number_of_thousands_of_digits_is_no_range(media: FlaskClient, link: Any):
    for said in (f"bytes={'9' * 5000}-", f"bytes=-{'9' * 5000}", f"bytes=0-{'9' * 5000}"):
        answer = media.get(link(), headers={"Range": said})
        assert (answer.status_code, len(answer.data)) == (200, len(CONTENT))


def test_pages_of_another_origin_show_what_a_link_gives(media: FlaskClient, link: Any):
    assert media.head(link()).headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_counters_of_edge_media_are_not_public(media: FlaskClient):
    assert media.get("/metrics").status_code == 200
    assert media.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.1"}).status_code == 404


def test_a_stream_breaks_off_when_its_link_ends(
    media: FlaskClient, store: FolderStore, issuer: TestIssuer, monkeypatch: Any
):
    """K27: whoever reads slowly gets no more than a new request would."""
    key = store.put(CONTENT * 100, content_type="video/mp4", prefix="media")
    said = {"media_id": "0190-a", "key": key, "content_type": "video/mp4", "sub": "x"}
    begin = clock.now()
    token = issuer.paper("catalog", "media", said, now=begin, lifetime=600)
    answer = media.get(f"/media/{token}", buffered=False)
    chunks = answer.iter_encoded()
    assert len(next(chunks)) > 0
    monkeypatch.setattr(clock, "now", lambda: begin + timedelta(seconds=600))
    with pytest.raises(ConnectionResetError):
        next(chunks)
    answer.close()
    assert media.get(f"/media/{token}").status_code == 410
