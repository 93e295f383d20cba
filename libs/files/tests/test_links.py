"""Links that expire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from files import LinkBroken, LinkExpired, Links

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
links = Links(b"k" * 32)


def test_a_link_leads_to_its_subject_until_it_expires() -> None:
    token = links.make("cake/1", purpose="show", expires_at=LATER)
    assert links.read(token, purpose="show", now=LATER - timedelta(seconds=1)) == "cake/1"
    with pytest.raises(LinkExpired):
        links.read(token, purpose="show", now=LATER)


def test_a_link_is_good_for_one_purpose() -> None:
    token = links.make("cake/1", purpose="show", expires_at=LATER)
    with pytest.raises(LinkBroken):
        links.read(token, purpose="delete", now=NOW)


def test_a_link_made_with_another_key_is_broken() -> None:
    token = Links(b"x" * 32).make("cake/1", purpose="show", expires_at=LATER)
    with pytest.raises(LinkBroken):
        links.read(token, purpose="show", now=NOW)


@pytest.mark.parametrize("token", ["", ".", "abc", "abc.def", "ä.ö", "W10.", "a" * 5000])
def test_noise_is_a_broken_link(token: str) -> None:
    with pytest.raises(LinkBroken):
        links.read(token, purpose="show", now=NOW)


def test_every_changed_character_breaks_it() -> None:
    token = links.make("cake/1", purpose="show", expires_at=LATER)
    for place, old in enumerate(token[:-1]):  # the last character carries unused bits
        new = "A" if old != "A" else "B"
        with pytest.raises(LinkBroken):
            links.read(token[:place] + new + token[place + 1 :], purpose="show", now=NOW)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Links(b"short")
