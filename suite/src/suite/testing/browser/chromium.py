"""Chromium with fonts for Chinese: the one that is named or installed, else, as root on Debian, installed first."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from suite.backends.errors import BackendMissing
from suite.backends.install import debian_package

VARIABLE = "KAIKE_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--font-render-hinting=none",
)
ADVICE = (
    "The stories need a real Chromium with a font for Chinese. Do one of these: set KAIKE_CHROMIUM to the program of a "
    "Chromium or Chrome; or install them (on Debian and Ubuntu: apt-get install chromium fonts-noto-cjk). Reason: "
)


class BrowserMissing(Exception):
    """There is no browser on this machine and none could be installed; the text says what to do."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium without a window, with a camera that shows a test picture.

    Raises:
        BrowserMissing: there is no way to a browser on this machine.
    """
    program = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        try:
            yield browser
        finally:
            browser.close()


def find() -> str:
    """The path of the browser's program, with fonts that can show Chinese."""
    named = os.environ.get(VARIABLE)
    if named and shutil.which(named) is None:
        raise BrowserMissing(f"{VARIABLE} names {named}, which is no program here")
    try:
        program = named or _on_path() or _installed()
        if not _shows_chinese():
            debian_package("fonts-noto-cjk")
    except BackendMissing as problem:
        raise BrowserMissing(ADVICE + str(problem)) from problem
    return program


def _on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _installed() -> str:
    debian_package("chromium")
    found = _on_path()
    if found is None:
        raise BackendMissing("the package chromium is installed, but its program is not on the path")
    return found


def _shows_chinese() -> bool:
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    done = subprocess.run([listing, ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip())
