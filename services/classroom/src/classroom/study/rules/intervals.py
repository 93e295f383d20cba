"""Sets of half-open integer intervals: watched media seconds, and milliseconds of the server's clock (K18).

A ``Spans`` is sorted, and its members are non-empty and neither overlap nor touch. Every function returns such a set.
"""

from collections.abc import Iterable

Span = tuple[int, int]
Spans = tuple[Span, ...]

NOTHING: Spans = ()


def union(spans: Iterable[Span]) -> Spans:
    """The set that covers exactly what any of ``spans`` covers; empty and backward ones cover nothing."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def intersection(left: Spans, right: Spans) -> Spans:
    """What both sets cover."""
    common: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            common.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(common)


def difference(spans: Spans, taken: Spans) -> Spans:
    """What ``spans`` covers and ``taken`` does not."""
    rest: list[Span] = []
    j = 0
    for start, end in spans:
        while j < len(taken) and taken[j][1] <= start:
            j += 1
        k = j
        while k < len(taken) and taken[k][0] < end:
            if start < taken[k][0]:
                rest.append((start, taken[k][0]))
            start = max(start, taken[k][1])
            k += 1
        if start < end:
            rest.append((start, end))
    return tuple(rest)


def within(spans: Spans, start: int, end: int) -> Spans:
    """The part of the set between ``start`` and ``end``."""
    return intersection(spans, union([(start, end)]))


def measure(spans: Spans) -> int:
    """How much the set covers."""
    return sum(end - start for start, end in spans)


def first(spans: Spans, amount: int) -> Spans:
    """The earliest ``amount`` of the set, cut inside an interval where need be; all of it when it is smaller."""
    taken: list[Span] = []
    for start, end in spans:
        if amount <= 0:
            break
        taken.append((start, min(end, start + amount)))
        amount -= end - start
    return tuple(taken)
