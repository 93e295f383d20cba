"""Headers on their way through: what ends at this door, what is told onward, what every answer carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
    }
    | {"transfer-encoding", "upgrade"}
)
# Said by the gateway itself; from outside they would be lies.
OURS = frozenset(
    {
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-prefix",
    }
    | {"x-real-ip", "x-request-id", "expect", "content-length"}
)

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}
HSTS = "max-age=31536000; includeSubDomains"

Pairs = Iterable[tuple[str, str]]


def end_to_end(headers: Pairs) -> Iterator[tuple[str, str]]:
    """The headers without those of this one hop, among them all that `Connection` names."""
    pairs = list(headers)
    named = {
        part.strip().lower()
        for name, value in pairs
        if name.lower() == "connection"
        for part in value.split(",")
    }
    for name, value in pairs:
        if name.lower() not in HOP_BY_HOP and name.lower() not in named:
            yield name, value


def onward(headers: Pairs, *, address: str, scheme: str, host: str, request_id: str) -> list[tuple[str, str]]:
    """The request's headers for the service: end to end, with what the gateway knows of the client."""
    kept = [(name, value) for name, value in end_to_end(headers) if name.lower() not in OURS]
    return [
        *kept,
        ("X-Forwarded-For", address),
        ("X-Forwarded-Proto", scheme),
        ("X-Forwarded-Host", host),
        ("X-Request-Id", request_id),
    ]
