"""Photos and check-ins each run, scale and fail on their own (S8), as far as the door has a part in it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from edge.bodies import collected
from edge.config import EdgeSettings
from edge.testing import GatewayMaker, Upstream
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PHOTOS = "/api/v1/supervision/photos"
CHECK_INS = "/api/v1/supervision/classes/0190/check-ins"
AT_ONCE = 1.0
"""Seconds; far under the ten for which a request waits where there is no place."""


@pytest.fixture
def photos(make_upstream: Callable[[], Upstream]) -> Upstream:
    """Photo intake."""
    return make_upstream()


@pytest.fixture
def urls(upstream: Upstream, photos: Upstream) -> dict[str, str]:
    """Supervision with its photo intake beside it."""
    return {"supervision": upstream.url, "supervision_photos": photos.url}


@pytest.fixture
def nobody() -> str:
    """An address at which connections are refused."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return f"http://127.0.0.1:{unused.getsockname()[1]}"


def checks_in_at_once(client: FlaskClient) -> bool:
    began = time.monotonic()
    answer = client.post(CHECK_INS, json={"receipt": "r"})
    return answer.status_code == 200 and time.monotonic() - began < AT_ONCE


@pytest.mark.parametrize(
    ("path", "apart"),
    [
        (PHOTOS, True),
        (f"{PHOTOS}/", True),
        (f"{PHOTOS}/some-token?x=1", True),
        (f"{PHOTOS}-of-others", False),
        (CHECK_INS, False),
        ("/api/v1/supervision/classes/0190/photos", False),
        ("/api/v1/supervision/real-name", False),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_photos_and_what_is_below_them_go_to_photo_intake_and_nothing_else_does(
    make_gateway: GatewayMaker,
    urls: dict[str, str],
    upstream: Upstream,
    photos: Upstream,
    method: str,
    path: str,
    apart: bool,
):
    assert make_gateway(urls).test_client().open(path, method=method).status_code == 200
    asked, spared = (photos, upstream) if apart else (upstream, photos)
    assert [seen.target for seen in asked.seen] == [path]
    assert spared.seen == []


def test_only_supervision_has_photos_apart(make_gateway: GatewayMaker, upstream: Upstream, photos: Upstream):
    client = make_gateway({"exam": upstream.url, "supervision_photos": photos.url}).test_client()
    assert client.get("/api/v1/exam/photos").status_code == 200
    assert client.get("/api/v1/supervision_photos/x").status_code == 404
    assert photos.seen == []


def test_without_an_address_of_their_own_photos_go_to_supervision(
    make_gateway: GatewayMaker, upstream: Upstream
):
    gateway = make_gateway({"supervision": upstream.url})
    assert gateway.test_client().post(PHOTOS, data=b"photo").status_code == 200
    assert upstream.seen[0].target == PHOTOS
    assert gateway.test_client().get("/readyz").json["services"]["supervision_photos"] == "ready"


def test_check_ins_are_answered_at_once_while_photo_intake_hangs(
    make_gateway: GatewayMaker, urls: dict[str, str], photos: Upstream
):
    """As many photos as there are places, large and small ones, and more that wait for one."""
    release, hanging = threading.Event(), threading.Barrier(4)
    photos.answer = lambda handler: (hanging.wait(5), release.wait(20), handler.say(201))[2]
    gateway = make_gateway(urls, service_room=3, large_bodies=1)

    def hand_in(size: int) -> TestResponse:
        return gateway.test_client().post(PHOTOS, data=b"x" * size)

    with ThreadPoolExecutor(8) as phones:
        answers = [phones.submit(hand_in, size) for size in (2_000_000, 1000, 1000)]
        hanging.wait(5)
        photos.answer = lambda handler: (release.wait(20), handler.say(201))[1]
        answers += [phones.submit(hand_in, size) for size in (2_000_000, 2_000_000, 1000, 1000, 1000)]
        try:
            assert all(checks_in_at_once(gateway.test_client()) for _ in range(20))
            assert not any(answer.done() for answer in answers)
        finally:
            release.set()
        assert {answer.result().status_code for answer in answers} == {201}


def test_photos_that_come_slowly_leave_threads_for_check_ins(
    make_gateway: GatewayMaker,
    urls: dict[str, str],
    photos: Upstream,
    serve: Callable[[Flask], str],
    monkeypatch: pytest.MonkeyPatch,
):
    reading = threading.Event()
    monkeypatch.setattr("edge.proxy.collected", lambda body: (reading.set(), collected(body))[1])
    gateway = make_gateway(urls, apart_share=1)
    client, place = gateway.test_client(), urlsplit(serve(gateway))
    with socket.create_connection((str(place.hostname), place.port or 0), timeout=5) as phone:
        phone.sendall(f"POST {PHOTOS} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab".encode())
        assert reading.wait(5)
        answer = client.post(PHOTOS, data=b"photo")
        assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.unavailable")
        assert int(answer.headers["Retry-After"]) >= 1
        assert checks_in_at_once(client)
        phone.sendall(b"cd")
        assert phone.recv(65536).startswith(b"HTTP/1.1 200")
    assert [seen.body for seen in photos.seen] == [b"abcd"]
    assert client.post(PHOTOS, data=b"photo").status_code == 200


def test_a_fifth_of_the_doors_threads_is_never_held_by_photos():
    assert EdgeSettings.from_env({"KAIKE_WEB_THREADS": "640"}).apart_share == 512
    assert EdgeSettings.from_env({"KAIKE_EDGE_APART_SHARE": "7"}).apart_share == 7


def test_while_photo_intake_is_down_check_ins_go_on_and_a_photo_is_told_to_wait(
    make_gateway: GatewayMaker, urls: dict[str, str], nobody: str
):
    client = make_gateway(urls | {"supervision_photos": nobody}).test_client()
    answer = client.post(PHOTOS, data=b"photo")
    assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.unavailable")
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.json["next_step"] == "这次操作没有执行，请稍等几秒后重试。"
    assert checks_in_at_once(client)


def test_while_check_ins_are_down_photos_are_taken_in(
    make_gateway: GatewayMaker, urls: dict[str, str], photos: Upstream, nobody: str
):
    client = make_gateway(urls | {"supervision": nobody}).test_client()
    assert client.post(CHECK_INS, json={"receipt": "r"}).status_code == 503
    assert client.post(PHOTOS, data=b"photo").status_code == 200
    assert photos.seen[0].body == b"photo"


def test_photo_intake_that_is_not_ready_is_named(
    make_gateway: GatewayMaker, urls: dict[str, str], nobody: str
):
    found = make_gateway(urls | {"supervision_photos": nobody}).test_client().get("/readyz").json["services"]
    assert found["supervision"] == "ready"
    assert found["supervision_photos"].startswith("no answer")
