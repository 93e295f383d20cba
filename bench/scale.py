"""How much of everything is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The counts of one run; those of a quick one only show that everything works."""

    quick: bool = False
    rounds: int = 5
    """Of each contender, in turn; the median counts."""
    clients: int = 16
    """Connections that send at the same time: as many as a service has threads."""
    check_ins: int = 1000
    history: int = 10
    """Days on which each learner has checked in before."""
    learners: int = 200
    """Who study at the same time; each sends `reports` in a round."""
    reports: int = 8
    sign_ins: int = 500
    beside: int = 4
    """Others who look at pages while a class signs in, each `glances` times a second."""
    glances: float = 20.0
    states: int = 10_000
    facts: int = 3_000
    at_rest: int = 200
    """Single events, one after the other, in each of three runs."""
    rows: int = 500


FULL = Scale()
QUICK = Scale(
    quick=True,
    rounds=2,
    check_ins=48,
    history=2,
    learners=16,
    reports=3,
    sign_ins=24,
    beside=2,
    states=600,
    facts=200,
    at_rest=10,
    rows=40,
)
