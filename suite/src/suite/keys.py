"""Signing keys of a service, by command."""

from chassis.clock import now
from chassis.config import SettingMissing, Settings
from chassis.db import make_engine
from chassis.papers import Signer
from chassis.service import load


def rotate(name: str) -> str:
    """Make a new signing key for ``name`` and return its id.

    It is published at once and signs soon after, so that every reader knows it by then; papers signed with the old key
    stay good until they end.
    """
    if not load(name).issues_papers:
        raise SettingMissing(f"{name} signs no papers, so it has no keys to rotate")
    settings = Settings.from_env(name)
    engine = make_engine(settings.database_url)
    try:
        return Signer(name, engine, settings).rotate(now())
    finally:
        engine.dispose()
