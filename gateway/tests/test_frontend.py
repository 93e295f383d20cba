"""The built pages: who gets index.html, how long files are kept, which form of them is sent, what guards them."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from edge.config import EdgeSettings
from edge.frontend import content_security_policy
from edge.testing import GatewayMaker
from flask.testing import FlaskClient

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SCRIPT = "console.log('开课')"


class Browser(FlaskClient):
    """Reads every answer to its end, so that no file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request."""
        return super().open(*args, buffered=True, **kwargs)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small build."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<div id=app></div>", encoding="utf-8")
    (folder / "index.html.gz").write_bytes(gzip.compress(b"<div id=app></div>"))
    (folder / "favicon.svg").write_text("<svg/>", encoding="utf-8")
    (folder / ".stamp").write_text("secret", encoding="utf-8")
    (folder / "assets" / "main-1a2b.js").write_text(SCRIPT, encoding="utf-8")
    (folder / "assets" / "main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (folder / "assets" / "main-1a2b.js.br").write_bytes(b"as brotli")
    return folder


@pytest.fixture
def pages(make_gateway: GatewayMaker, built: Path) -> FlaskClient:
    """A browser in front of a gateway that has pages."""
    gateway = make_gateway({}, pages=built)
    gateway.test_client_class = Browser
    return gateway.test_client()


@pytest.mark.parametrize("path", ["/", "/console/classes/1/setup/2", "/learn", "/sign-in?next=/console"])
def test_every_address_of_a_page_answers_with_the_index(pages: FlaskClient, path: str):
    answer = pages.get(path, headers=PAGE)
    assert answer.status_code == 200
    assert answer.text == "<div id=app></div>"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing/x",
        "/api/v2",
        "/docs/none",
        "/openapi/none.yaml",
        "/media/a/b",
        "/dev/none",
        "/assets/gone-1.js",
    ],
)
def test_what_is_no_page_is_not_found_even_in_the_address_bar(pages: FlaskClient, path: str):
    answer = pages.get(path, headers=PAGE)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_programs_and_scripts_never_get_a_page_instead_of_what_they_asked_for(pages: FlaskClient):
    for accept in ("*/*", "application/json", "image/avif,image/webp,*/*;q=0.8"):
        assert pages.get("/console", headers={"Accept": accept}).status_code == 404
    assert pages.post("/console", headers=PAGE).status_code == 404


def test_hashed_files_are_kept_for_a_year_and_the_icon_for_an_hour(pages: FlaskClient):
    kept = pages.get("/assets/main-1a2b.js")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.content_type == "text/javascript; charset=utf-8"
    icon = pages.get("/favicon.svg")
    assert (icon.status_code, icon.content_type) == (200, "image/svg+xml; charset=utf-8")
    assert icon.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None), ("zstd", None)],
)
def test_the_smallest_form_that_the_browser_takes_is_sent(
    pages: FlaskClient, accepted: str, sent: str | None
):
    answer = pages.get("/assets/main-1a2b.js", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == sent
    assert answer.headers["Vary"] == "Accept-Encoding"
    whole = {"br": b"as brotli", "gzip": gzip.compress(SCRIPT.encode()), None: SCRIPT.encode()}[sent]
    assert len(answer.data) == len(whole)


def test_a_browser_that_has_the_newest_index_is_told_so(pages: FlaskClient):
    for accepted in ("gzip", ""):
        headers = {**PAGE, "Accept-Encoding": accepted}
        etag = pages.get("/", headers=headers).headers["ETag"]
        again = pages.get("/", headers={**headers, "If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")
        assert "script-src 'self'" in again.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("mode", "marked"), [("development", True), ("test", False), ("production", False)])
def test_the_pages_are_told_where_people_only_try_things_out(
    make_gateway: GatewayMaker, built: Path, mode: str, marked: bool
):
    (built / "index.html").write_text("<head></head><div id=app></div>", encoding="utf-8")
    gateway = make_gateway({}, pages=built, env=mode)
    gateway.test_client_class = Browser
    pages = gateway.test_client()
    answer = pages.get("/", headers=PAGE)
    assert ('<meta name="kaike-environment" content="development"></head>' in answer.text) is marked
    etag = answer.headers["ETag"]
    assert pages.get("/", headers={**PAGE, "If-None-Match": etag}).status_code == 304


def test_a_part_of_a_file_is_a_part_of_the_file_itself(pages: FlaskClient):
    part = pages.get("/assets/main-1a2b.js", headers={"Range": "bytes=0-6", "Accept-Encoding": "br"})
    assert (part.status_code, part.data) == (206, b"console")
    assert "Content-Encoding" not in part.headers


@pytest.mark.parametrize(
    "path",
    ["/.stamp", "/assets/..%2f.stamp", "/assets/%2e%2e/index.html", "/..%2f..%2fetc/passwd", "/index.html"],
)
def test_nothing_hidden_and_nothing_outside_is_served(pages: FlaskClient, path: str):
    assert pages.get(path).status_code == 404


def test_pages_may_run_and_call_only_what_comes_from_here(pages: FlaskClient):
    policy = pages.get("/", headers=PAGE).headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["img-src"] == "'self' data: blob:"
    assert rules["media-src"] == rules["worker-src"] == "'self' blob:"
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    permissions = pages.get("/", headers=PAGE).headers["Permissions-Policy"]
    assert "camera=(self)" in permissions
    assert "microphone=(self)" in permissions


def test_where_media_come_from_another_address_pages_may_play_them(tmp_path: Path):
    settings = EdgeSettings(
        env="test", urls={}, var=tmp_path, contracts=tmp_path, media_public_url="https://media.example/x"
    )
    assert "media-src 'self' blob: https://media.example;" in content_security_policy(settings)


def test_videos_and_documents_of_the_sites_that_may_be_linked_are_played():
    environ = {"KAIKE_ENV": "test", "KAIKE_MEDIA_ORIGINS": "https://b.example, https://A.example:8443/"}
    policy = content_security_policy(EdgeSettings.from_env(environ))
    assert "media-src 'self' blob: https://a.example:8443 https://b.example;" in policy
    assert "connect-src 'self' https://a.example:8443 https://b.example;" in policy
    assert "img-src 'self' data: blob:;" in policy


@pytest.mark.parametrize("folder", ["missing", None])
def test_without_a_build_the_door_says_so_and_how_to_make_one(
    make_gateway: GatewayMaker, tmp_path: Path, folder: str | None
):
    client = make_gateway({}, pages=tmp_path / folder if folder else None).test_client()
    for path in ("/", "/console/classes"):
        answer = client.get(path, headers=PAGE)
        assert answer.status_code == 503
        assert "页面还没有构建" in answer.text
        assert "make pages" in answer.text
    assert client.get("/assets/main-1a2b.js").status_code == 404
    assert client.get("/status").status_code == 200


def test_the_pages_are_where_the_environment_says_or_beside_the_gateway(tmp_path: Path):
    said = EdgeSettings.from_env({"KAIKE_ENV": "test", "KAIKE_PAGES": str(tmp_path)})
    assert said.pages == tmp_path
    found = EdgeSettings.from_env({"KAIKE_ENV": "test"}).pages
    assert found is not None
    assert (found.parent / "package.json").is_file()
