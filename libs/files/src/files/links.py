"""Links that expire: an HMAC over what the link is for, what it leads to and until when."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime

from chassis.errors import Gone, NotFound


class LinkBroken(NotFound):
    """Not a link that we gave out, or one for another purpose."""

    code = "files.link.broken"
    title = "链接无效"
    next_step = "请回到原来的页面，重新打开。"


class LinkExpired(Gone):
    """A link of ours whose time is over."""

    code = "files.link.expired"
    title = "链接已过期"
    next_step = "请回到原来的页面刷新，会得到新的链接。"


class Links:
    """Makes and reads links with one key. Whoever has the link may follow it until it expires."""

    def __init__(self, key: bytes) -> None:
        """`key` has at least 32 bytes and is used for nothing else."""
        if len(key) < 32:
            raise ValueError("a key for links has at least 32 bytes")
        self._key = key

    def make(self, subject: str, *, purpose: str, expires_at: datetime) -> str:
        """A token, safe inside a URL, that leads to `subject` for this `purpose` until `expires_at`."""
        said = [purpose, subject, int(expires_at.timestamp())]
        payload = _encoded(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
        return f"{payload}.{_encoded(self._signature(payload))}"

    def read(self, token: str, *, purpose: str, now: datetime) -> str:
        """The subject that the token leads to. Raises LinkBroken or LinkExpired."""
        payload, _, signature = token.partition(".")
        try:
            genuine = hmac.compare_digest(_decoded(signature), self._signature(payload))
        except (binascii.Error, ValueError):
            raise LinkBroken from None
        if not genuine:
            raise LinkBroken
        said, subject, expires = json.loads(_decoded(payload))
        if said != purpose:
            raise LinkBroken
        if now >= datetime.fromtimestamp(expires, UTC):
            raise LinkExpired
        return str(subject)

    def _signature(self, payload: str) -> bytes:
        return hmac.digest(self._key, payload.encode(), hashlib.sha256)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
