"""Media through the gateway: by redirect, or a limited number of streams at once."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import socket
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from edge.testing import GatewayMaker, Handler, Upstream, ended
from flask import Flask


def test_media_pass_through_with_range_and_answer_headers(make_gateway: GatewayMaker, upstream: Upstream):
    part = [("Content-Range", "bytes 0-2/9"), ("Accept-Ranges", "bytes"), ("Content-Type", "video/mp4")]
    upstream.answer = lambda handler: handler.say(206, b"abc", part)
    client = make_gateway({"edge_media": upstream.url}).test_client()
    answer = client.get("/media/a.b.c", headers={"Range": "bytes=0-2"})
    assert (answer.status_code, answer.data) == (206, b"abc")
    assert answer.headers["Content-Range"] == "bytes 0-2/9"
    assert upstream.seen[0].header("Range") == "bytes=0-2"
    assert upstream.seen[0].target == "/media/a.b.c"


def test_where_edge_media_is_public_the_browser_is_sent_there(make_gateway: GatewayMaker, upstream: Upstream):
    urls = {"edge_media": upstream.url}
    client = make_gateway(urls, media_public_url="https://media.example").test_client()
    answer = client.get("/media/a.b.c")
    assert (answer.status_code, answer.headers["Location"]) == (307, "https://media.example/media/a.b.c")
    assert upstream.seen == []


def test_slow_streams_never_take_all_threads(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    go_on = threading.Event()

    def slow(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "4")
        handler.end_headers()
        handler.wfile.write(b"ab")
        handler.wfile.flush()
        assert go_on.wait(5)
        handler.wfile.write(b"cd")

    upstream.answer = slow
    gateway = make_gateway({"edge_media": upstream.url}, media_streams=1)
    place = urlsplit(serve(gateway))

    def ask() -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=5)
        connection.request("GET", "/media/a.b.c")
        return connection, connection.getresponse()

    first, streaming = ask()
    second, refused = ask()
    assert refused.status == 503
    assert int(refused.headers["Retry-After"]) >= 1
    refused.read()
    go_on.set()
    assert streaming.read() == b"abcd"
    ended(gateway.extensions["edge.media_streams"])
    third, served = ask()
    assert served.status == 200
    assert served.read() == b"abcd"
    for connection in (first, second, third):
        connection.close()


def link_of(account: str, item: int) -> str:
    claims = base64.urlsafe_b64encode(json.dumps({"sub": account, "media_id": item}).encode()).decode()
    return f"/media/e30.{claims.rstrip('=')}.c2ln"


def test_forty_readers_of_one_account_who_take_nothing_leave_media_to_all_others(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    """Whatever links that account has, and also behind the same address (a classroom's)."""
    upstream.answer = lambda handler: handler.say(200, b"x" * 4_000_000)
    gateway = make_gateway({"edge_media": upstream.url}, media_streams=32)
    place = urlsplit(serve(gateway))
    with contextlib.ExitStack() as held:
        for item in range(40):
            client = held.enter_context(socket.create_connection((str(place.hostname), place.port or 0)))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(f"GET {link_of('slow', item % 3)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            client.recv(100)
        refused = gateway.test_client().get(link_of("slow", 7))
        assert (refused.status_code, refused.json["code"]) == (429, "gateway.transfers.too_many")
        for number in range(20):
            answer = gateway.test_client().get(link_of(f"other-{number}", 1))
            assert (answer.status_code, len(answer.data)) == (200, 4_000_000)
            answer.close()
    ended(gateway.extensions["edge.media_streams"])


def test_a_stream_that_fails_gives_its_place_back(make_gateway: GatewayMaker):
    client = make_gateway({}, media_streams=1).test_client()
    codes = [client.get("/media/a.b.c").json["code"] for _ in range(3)]
    assert codes == ["gateway.upstream.unavailable"] * 3
