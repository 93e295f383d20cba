"""Settings of this service beside those that every service has."""

from __future__ import annotations

from chassis.config import SettingMissing, Settings

MOST_KEYS = 255


def document_key(settings: Settings) -> int:
    """`KAIKE_DOCUMENT_KEY`, the id of the key that new document numbers are sealed with; 1 when unset.

    Keys are derived from the service's secret. Raising the number begins a new key, and what was sealed
    before still opens.
    """
    said = settings.environ.get("KAIKE_DOCUMENT_KEY") or "1"
    if not said.isdecimal() or not 1 <= int(said) <= MOST_KEYS:
        raise SettingMissing(f"KAIKE_DOCUMENT_KEY must be a number from 1 to {MOST_KEYS}, not {said!r}")
    return int(said)
