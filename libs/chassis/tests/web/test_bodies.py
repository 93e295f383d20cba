"""Bodies that the server's own parser refuses while the application reads them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from chassis.ids import new_id
from gunicorn.http.errors import (
    ChunkMissingTerminator,
    InvalidChunkExtension,
    InvalidChunkSize,
    InvalidHeader,
    InvalidHeaderName,
    LimitRequestHeaders,
    NoMoreData,
    ObsoleteFolding,
)
from structlog.testing import capture_logs

DOORS = {
    "/api/v1/bakery/loaves": "application/json",
    "/api/v1/bakery/pictures": "multipart/form-data; boundary=x",
}


class Malformed(io.BytesIO):
    """A body whose reader raises."""

    def __init__(self, error: Exception) -> None:
        super().__init__(b"x" * 10)
        self._error = error

    def read(self, *_size: Any) -> bytes:
        raise self._error

    read1 = readinto = readline = readlines = read  # type: ignore[assignment]


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize(
    "error",
    [
        InvalidChunkSize(b"-2"),
        InvalidChunkExtension("bare CR not allowed"),
        ChunkMissingTerminator(b"xx"),
        InvalidHeader("trailer"),
        InvalidHeaderName("CONTENT-LENGTH"),
        LimitRequestHeaders("limit request trailer section size"),
        ObsoleteFolding("X"),
        NoMoreData(b""),
        TimeoutError(),
        ConnectionResetError(),
        ValueError("anything else that a parser may raise"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_body_that_the_server_cannot_read_is_a_client_error_and_no_fault_of_ours(
    client, actor, path: str, error: Exception
):
    caller = client.as_(actor("registrar", provider_id=new_id()))
    with capture_logs() as lines:
        answer = caller.post(
            path,
            input_stream=Malformed(error),
            content_type=DOORS[path],
            environ_base={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
        )
    assert (answer.status_code, answer.json["code"]) == (400, "http.unreadable")
    assert [line["event"] for line in lines if line["log_level"] != "info"] == []
