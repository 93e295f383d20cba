"""When a request is there, judged by its first bytes."""

import pytest
from suite.arrival import MOST_BODY, MOST_HEAD, Arrival, arrival_of, without_expectation

HEAD = b"POST /x HTTP/1.1\r\nHost: x\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "arrival"),
    [
        (b"", Arrival.HEAD),
        (b"POST /x HT", Arrival.HEAD),
        (HEAD, Arrival.HEAD),
        (HEAD + b"Content-Length: 4\r\n\r", Arrival.HEAD),
        (b"x" * (MOST_HEAD + 1), Arrival.HEAD_TOO_LARGE),
        (b"GET / HTTP/1.1\nHost: x\n\n", Arrival.MALFORMED),
        (HEAD + b"\r\n", Arrival.WHOLE),
        (HEAD + b"Content-Length: 4\r\n\r\nabc", Arrival.BODY),
        (HEAD + b"content-LENGTH :4 \r\n\r\nabcd", Arrival.WHOLE),
        (HEAD + b"Content-Length: 4\r\n\r\nabcdGET / HTTP/1.1\r\n", Arrival.WHOLE),
        (HEAD + b"Content-Length: %d\r\n\r\n" % (MOST_BODY + 1), Arrival.LARGE),
        (HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", Arrival.WHOLE),
        (HEAD + b"Content-Length: -4\r\n\r\n", Arrival.WHOLE),
        (HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\n", Arrival.WHOLE),
        (HEAD + b"X: Content-Length: 4\r\n\r\n", Arrival.WHOLE),
        (HEAD + b"Transfer-Encoding: gzip\r\n\r\n", Arrival.WHOLE),
        (HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n", Arrival.WHOLE),
        (CHUNKED, Arrival.BODY),
        (CHUNKED + b"4", Arrival.BODY),
        (CHUNKED + b"4\r\nab", Arrival.BODY),
        (CHUNKED + b"4;name=value\r\nabcd\r\n", Arrival.BODY),
        (CHUNKED + b"4\r\nabcd\r\n0\r\n", Arrival.BODY),
        (CHUNKED + b"4\r\nabcd\r\n0\r\nX: y\r\n", Arrival.BODY),
        (CHUNKED + b"4\r\nabcd\r\n0\r\n\r\n", Arrival.WHOLE),
        (CHUNKED + b"4\r\nabcd\r\n0\r\nX: y\r\n\r\n", Arrival.WHOLE),
        (CHUNKED + b"%x\r\n" % MOST_BODY, Arrival.LARGE),
        (CHUNKED + b"4\r\nabcdXX", Arrival.WHOLE),
        (CHUNKED + b"-2\r\n", Arrival.WHOLE),
        (CHUNKED + b"0x2\r\n", Arrival.WHOLE),
        (CHUNKED + b"\r\n", Arrival.WHOLE),
        (CHUNKED + b"1" * 9000, Arrival.WHOLE),
        (CHUNKED + b"0\r\nX: y\nZ: y", Arrival.WHOLE),
    ],
)
def test_a_request_is_handed_over_when_it_is_there_or_certain_to_be_refused(data: bytes, arrival: Arrival):
    assert arrival_of(data) is arrival


@pytest.mark.parametrize("cut", range(0, 90, 7))
def test_whatever_is_cut_off_a_request_is_waited_for(cut: int):
    whole = CHUNKED + b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    assert arrival_of(whole) is Arrival.WHOLE
    assert arrival_of(whole[: min(cut, len(whole) - 1)]) in {Arrival.HEAD, Arrival.BODY}


def test_an_expectation_is_taken_out_of_the_head_and_out_of_nothing_else():
    request = HEAD + b"expect: 100-Continue\r\nContent-Length: 30\r\n\r\n\r\nExpect: 100-continue\r\n"
    assert without_expectation(request) == request.replace(b"expect: 100-Continue\r\n", b"")
    assert without_expectation(HEAD + b"\r\n") is None
    assert without_expectation(HEAD + b"Expect: something\r\n\r\n") is None
