"""JSON as RFC 8259 has it. Python's own reader also takes NaN and Infinity, gives up with a RecursionError on deep
nesting, and keeps the last of two equal names, so that two readers of one body may see two different things."""

from __future__ import annotations

import json
import math
from typing import Any


def parse(data: bytes) -> Any:
    """The value of a JSON text in UTF-8. Raises json.JSONDecodeError for anything else; its `doc` is "" for no text."""
    try:
        return _DECODER.decode(data.decode())
    except json.JSONDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        raise json.JSONDecodeError(str(error), repr(data[:100]), 0) from error


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number beyond all bounds")
    return number


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


# Made once: json.loads makes a decoder for each call with wishes of its own, and that takes longer than a small body.
_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite, object_pairs_hook=_each_name_once)
