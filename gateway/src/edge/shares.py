"""Shares of this door's threads for what holds one as long as its client likes: large bodies, media, large answers.

Each kind has a part of the threads and no more, and inside it an address and an account have a part of theirs, so that
slow clients of one kind, one address or one account leave room to all others. A school may stand behind one address, so
an address may have most of a kind; an account may have what a person's browser opens.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from chassis.errors import TooMany, Unavailable

WAIT = 10.0
"""Seconds for which somebody known waits for a share."""


class TooManyAtOnce(TooMany):
    """One account, or one address without an account, has as many transfers running as a person needs."""

    code = "gateway.transfers.too_many"
    title = "同时进行的传输过多"
    next_step = "请等正在进行的上传、播放或下载结束后再试。"


class TransfersFull(Unavailable):
    """As many transfers of this kind are running as this door has room for."""

    code = "gateway.transfers.full"
    title = "同时传输的人数较多"
    next_step = "这次操作没有执行，请稍等几秒后重试。"


class Shares:
    """At most `total` transfers of one kind at once, of them `per_address` for each address and `per_account` for each
    account (and for each address' clients without one)."""

    def __init__(self, *, total: int, per_address: int, per_account: int) -> None:
        self._total, self._per_address, self._per_account = total, per_address, per_account
        self._running = 0
        self._by_address: Counter[str] = Counter()
        self._by_account: Counter[tuple[str, str]] = Counter()
        self._changed = threading.Condition()

    def take(self, *, address: str, account: str, wait: float = 0.0) -> Callable[[], None]:
        """Begin a transfer, after up to `wait` seconds, and return what ends it (calling it again does nothing).

        `account` is "" for nobody known. Raises TooManyAtOnce or TransfersFull.
        """
        who, until = (address, account), time.monotonic() + wait
        with self._changed:
            while True:
                if self._by_account[who] >= self._per_account:
                    raise TooManyAtOnce(retry_after=2)
                if self._running < self._total and self._by_address[address] < self._per_address:
                    break
                if not self._changed.wait(until - time.monotonic()):
                    raise TransfersFull(retry_after=2)
            self._count(who, 1)
            self._changed.notify_all()
        ended = threading.Lock()

        def end() -> None:
            if ended.acquire(blocking=False):
                with self._changed:
                    self._count(who, -1)
                    self._changed.notify_all()

        return end

    def _count(self, who: tuple[str, str], step: int) -> None:
        self._running += step
        self._by_address[who[0]] += step
        self._by_account[who] += step
        if not self._by_address[who[0]]:
            del self._by_address[who[0]]
        if not self._by_account[who]:
            del self._by_account[who]
