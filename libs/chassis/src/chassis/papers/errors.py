"""What can be wrong with a paper."""

from __future__ import annotations

from chassis.errors import Unavailable


class BadPaper(Exception):
    """Not a paper of this kind and issuer. The caller decides what that means: 401, 404, no credit."""


class ExpiredPaper(BadPaper):
    """Genuine, but its time has passed or has not begun."""


class KeysUnavailable(Unavailable):
    """The issuer's public keys were never seen and cannot be had now."""

    code = "papers.keys_unavailable"
    title = "暂时无法核验登录或凭证"
    next_step = "请稍等几秒后重试。"
