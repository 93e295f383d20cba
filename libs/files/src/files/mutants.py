"""Damaged files for tests: bytes and parts changed at random, the same for the same seed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

from chassis.errors import Failure

REFUSALS = frozenset({413, 415, 422})
_FORGED = (bytes(4), b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0\0\0\x01", b"<!--", b"\xef\xbf\xbf\0", b"9999")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, overwritten, cut out, doubled or forged, or the end cut off."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        place, length = chance.randrange(len(data) or 1), chance.choice((1, 2, 4, 16, 200))
        kind = chance.randrange(5)
        if kind == 0 and data:
            data[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[place : place + length] = chance.randbytes(length)
        elif kind == 2:
            del data[place : place + length]
        elif kind == 3:
            data[place:place] = data[place : place + length]
        else:
            data[place : place + 4] = chance.choice(_FORGED)
    return bytes(data[: chance.randrange(len(data) + 1)]) if chance.random() < 0.1 else bytes(data)


def mutated_zip(content: bytes, chance: random.Random) -> bytes:
    """A whole zip with one or two of its parts mutated, or a part lost or named as another: what parsers get to see."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        names = good.namelist()
        wrong = set(chance.sample(names, k=chance.choice((1, 1, 2))))
        for name in names:
            data = good.read(name)
            if name in wrong and chance.random() < 0.1:
                data = good.read(chance.choice(names))
            elif name in wrong and chance.random() < 0.05:
                continue
            made.writestr(name, mutated(data, chance) if name in wrong else data)
    return out.getvalue()


def is_taken(judge: Callable[[bytes], object], content: bytes) -> bool:
    """Whether a file was taken. Anything but a refusal in words is an error of the test."""
    try:
        judge(content)
    except Failure as failure:
        refusal = failure
    else:
        return True
    assert refusal.status in REFUSALS, refusal.code
    assert refusal.next_step
    return False
