"""A class whose learners may be photographed, and what their programs send with each request."""

from __future__ import annotations

from datetime import datetime

from supervision.actions.keep_classes import keep_learners, keep_policies
from supervision.real_name.actions.consent import give_consent
from supervision.testing import Classroom

from bench.ground import Ground
from bench.papers import Issuer


def consenting_class(ground: Ground, *, learners: int, days: int, now: datetime) -> list[Classroom]:
    """The learners of an open class that began so many days ago and asks for one check-in a day; all have consented."""
    first = Classroom(now=now, real_name=False, check_in="once", starts_in=-days)
    found = [first, *(first.classmate() for _ in range(learners - 1))]
    with ground.session("supervision") as session:
        keep_policies(session, [(1, first.class_data())])
        keep_learners(session, [(1, each.enrolment_data()) for each in found])
        for each in found:
            give_consent(session, account_id=each.account_id, agreed=True, now=now)
    return found


def headers_of(learner: Classroom, papers: Issuer, *, now: datetime) -> dict[str, str]:
    """Both papers of the learner; the enrolment once more in plain text, for floors that read no papers."""
    return {
        **papers.learner_headers(learner.account_id, now=now),
        "Kaike-Ticket": papers.paper("classroom", "ticket", learner.claims(), now=now),
        "Enrolment": str(learner.enrolment_id),
    }
