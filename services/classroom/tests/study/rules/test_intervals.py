"""The sets against plain Python sets of points."""

from classroom.study.rules.intervals import difference, first, intersection, measure, union, within
from hypothesis import given
from hypothesis import strategies as st

span = st.tuples(st.integers(0, 60), st.integers(0, 60))
raw = st.lists(span, max_size=8)


def points(spans) -> set[int]:
    return {point for start, end in spans for point in range(start, end)}


def is_tidy(spans) -> bool:
    ends = [place for each in spans for place in each]
    return ends == sorted(set(ends))


@given(raw)
def test_a_union_covers_what_its_parts_cover(spans):
    assert points(union(spans)) == points(spans)
    assert is_tidy(union(spans))


@given(raw, raw)
def test_what_is_in_both_and_what_is_only_in_one_make_the_whole(left, right):
    left, right = union(left), union(right)
    both, only = intersection(left, right), difference(left, right)
    assert points(both) == points(left) & points(right)
    assert points(only) == points(left) - points(right)
    assert is_tidy(both)
    assert is_tidy(only)
    assert measure(both) + measure(only) == measure(left)


@given(raw, st.integers(0, 100))
def test_the_first_part_is_the_earliest(spans, amount):
    spans = union(spans)
    taken = first(spans, amount)
    assert sorted(points(spans))[:amount] == sorted(points(taken))


@given(raw, st.integers(0, 60), st.integers(0, 60))
def test_within_cuts_at_both_ends(spans, start, end):
    spans = union(spans)
    assert points(within(spans, start, end)) == points(spans) & set(range(start, end))
