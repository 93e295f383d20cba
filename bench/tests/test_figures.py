"""What a figure is held against."""

import pytest

from bench.figures import Bar, BenchFailed, Figure, percentile


def a_figure(**given):
    values = {"name": "x", "title": "x", "value": 300.0, "unit": "/s", "bar": Bar(limit=0.4)}
    return Figure(**{**values, **given})


@pytest.mark.parametrize(("floor", "met"), [(600.0, True), (750.0, True), (751.0, False)])
def test_beside_a_floor_the_ratio_is_judged(floor, met):
    assert a_figure(floor=floor).met is met


def test_without_a_floor_the_value_is_judged():
    slow = Bar(limit=8.0, least=False)
    assert a_figure(value=8.0, bar=slow).met
    assert not a_figure(value=8.1, bar=slow).met


def test_a_floor_may_be_there_only_to_compare_with():
    figure = a_figure(value=7.0, floor=5.0, judged=False, bar=Bar(limit=8.0, least=False))
    assert figure.met
    assert figure.ratio == pytest.approx(1.4)
    assert figure.as_json()["bar"]["of"] == "value"


@pytest.mark.parametrize(("part", "value"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_one_of_the_values(part, value):
    assert percentile(range(1, 101), part) == value


def test_nothing_has_no_percentile():
    with pytest.raises(BenchFailed):
        percentile([], 0.5)
