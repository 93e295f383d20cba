"""Identity's own settings and the things that one process makes once from them."""

from __future__ import annotations

import os

from chassis.config import SettingMissing, Settings
from chassis.web import runtime

from identity.actions.hashing import Hashing
from identity.actions.senders import Sender, sender_from


def hashing() -> Hashing:
    """The process's password hashing: one processor is left for everything else, and half the threads inside."""
    return runtime().extra("hashing", _hashing)


def sender() -> Sender:
    """Who carries SMS."""
    return runtime().extra("sms_sender", sender_from)


def code_key() -> bytes:
    """The key of everything that is kept as a keyed hash."""
    return runtime().settings.secret("sign-in")


def _hashing(settings: Settings) -> Hashing:
    # The processors that this process may use, which in a container can be fewer than there are.
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    # One of them is left to those who are answered meanwhile: on two, a class of 500 was in sooner with one hash at a
    # time than with two, which hinder each other and everybody else (decision 0029).
    at_once = _whole(settings, "KAIKE_HASHES_AT_ONCE", max(1, (own or 1) - 1))
    return Hashing(at_once=at_once, room=_whole(settings, "KAIKE_SIGN_INS_AT_ONCE", 8))


def _whole(settings: Settings, name: str, usual: int) -> int:
    said = settings.environ.get(name) or str(usual)
    if not said.isdigit() or int(said) < 1:
        raise SettingMissing(f"{name} must be a whole number above 0, not {said!r}")
    return int(said)
