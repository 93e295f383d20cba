"""The registry of failures: every code once, every failure with words of its own."""

import pytest
from chassis.errors import Conflict, declared
from suite.contracts import errors
from suite.contracts.errors import RegistryBroken, registry


@pytest.fixture(scope="module")
def complete():
    return registry()


def test_every_failure_says_what_is_wrong_and_what_to_do(complete):
    assert len(complete) > 50
    for code, entry in complete.items():
        assert entry["title"], code
        assert entry["next_step"], code
        assert 400 <= entry["status"] <= 503, code


def failure(code, **words):
    return type("Made", (Conflict,), {"code": code, "__module__": "billing.rules", **words})


@pytest.fixture
def declare(monkeypatch, complete):
    def also(*classes):
        own = [each for each in declared() if each.__name__ != "Made"]
        monkeypatch.setattr(errors, "declared", lambda: iter([*own, *classes]))

    return also


def test_two_failures_of_one_code_are_refused(declare):
    words = {"title": "甲", "next_step": "乙"}
    declare(failure("made.code.twice", **words), failure("made.code.twice", **words))
    with pytest.raises(RegistryBroken, match=r"made\.code\.twice is the code of"):
        registry()


def test_a_failure_without_words_of_its_own_is_refused(declare):
    declare(failure("made.code.mute"))
    with pytest.raises(RegistryBroken, match="needs a title"):
        registry()
