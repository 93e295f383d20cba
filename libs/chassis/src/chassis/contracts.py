"""Where the repository's contracts lie."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def contracts_folder() -> Path:
    """`KAIKE_CONTRACTS`, or the contracts/ folder of the checkout that this code runs from."""
    said = os.environ.get("KAIKE_CONTRACTS")
    return Path(said) if said else _beside_the_code()


@cache
def _beside_the_code() -> Path:
    """Looked for once: it is asked for with every event."""
    for parent in Path(__file__).resolve().parents:
        if (parent / "contracts" / "events").is_dir():
            return parent / "contracts"
    raise RuntimeError("no contracts/ folder found: set KAIKE_CONTRACTS to it")
