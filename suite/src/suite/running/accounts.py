"""The demo accounts, as the seed of identity declares them."""

import importlib


def demo_accounts() -> list[dict[str, str]]:
    """login, password and who, of every account that the demo data has."""
    accounts: list[dict[str, str]] = importlib.import_module("identity.seed").demo_accounts()
    return accounts
