"""What goes wrong in a browser without anybody asking: errors on its console, requests that failed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, Route

# The browser itself breaks these off when a page is left or a player jumps.
BROKEN_OFF = "net::ERR_ABORTED"
RENEWAL = "/api/v1/identity/session/refresh"
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")


@dataclass
class Watch:
    """The troubles of one browser context; that there are none at the end is what every story wants."""

    _troubles: list[str] = field(default_factory=list)
    _signed_out: list[str] = field(default_factory=list)
    _renewed: bool = False
    under_way: set[Request] = field(default_factory=set)
    """Requests without an answer yet; a player's stream is none of them."""
    _allowed: list[tuple[int, str]] = field(default_factory=list)
    _offline: bool = False

    @property
    def troubles(self) -> list[str]:
        """A token lasts five minutes, a story on a slow machine longer: where the page has had its session renewed,
        what was refused for want of it is no trouble.
        """
        return self._troubles if self._renewed else [*self._troubles, *self._signed_out]

    def over(self, context: BrowserContext) -> None:
        """Begin to watch every page of ``context``."""
        context.on("page", self._page)
        context.on("console", self._console)
        context.on("request", self._begun)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def expect(self, status: int, path: str) -> None:
        """From now on ``path`` (a part of the address) may answer ``status``: the story wants to be refused there."""
        self._allowed.append((status, path))

    @contextmanager
    def no_network(self, context: BrowserContext) -> Iterator[None]:
        """Inside, the network is cut: requests fail, and that is no trouble."""
        self._offline = True
        context.set_offline(True)
        try:
            yield
        finally:
            context.set_offline(False)
            self._offline = False

    @contextmanager
    def broken_line(self, page: Page, address: str, *, after_arrival: bool = False) -> Iterator[None]:
        """Inside, requests to ``address`` (a pattern) break off; those ``after_arrival`` only lose their answer."""

        def breaks(route: Route) -> None:
            if after_arrival:
                route.fetch()
            route.abort("internetdisconnected")

        page.route(address, breaks)
        try:
            yield
        finally:
            page.unroute(address, breaks)

    def _page(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._troubles.append(f"{page.url}: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        address = message.location.get("url", "")
        refused = REFUSED.match(message.text)
        if refused and (refused[1] == "503" or self._is_allowed(int(refused[1]), address)):
            return  # 503 is judged by its answer, which this line does not show
        if self._offline or "ERR_INTERNET_DISCONNECTED" in message.text:
            return
        kept = self._signed_out if refused and refused[1] == "401" else self._troubles
        kept.append(f"console: {message.text} ({address})")

    def _begun(self, request: Request) -> None:
        if request.resource_type != "media":
            self.under_way.add(request)

    def _ended(self, request: Request) -> None:
        self.under_way.discard(request)

    def _failed(self, request: Request) -> None:
        self.under_way.discard(request)
        if self._offline or request.failure in (BROKEN_OFF, "net::ERR_INTERNET_DISCONNECTED"):
            return
        self._troubles.append(f"{request.method} {request.url} failed: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.url.endswith(RENEWAL) and response.ok:
            self._renewed = True
        if response.status < 400 or self._is_allowed(response.status, response.url):
            return
        if response.status == 503 and "retry-after" in response.headers:
            return  # the page waits and asks again: that is how it should be
        kept = self._signed_out if response.status == 401 else self._troubles
        kept.append(f"{response.request.method} {response.url}: {response.status}")

    def _is_allowed(self, status: int, address: str) -> bool:
        return any(status == allowed and path in address for allowed, path in self._allowed)
