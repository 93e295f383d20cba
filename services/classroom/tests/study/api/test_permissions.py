"""Each operation of joining and study: nobody 401, other roles 403, strangers 404."""

from __future__ import annotations

import pytest
from chassis.ids import new_id
from chassis.testing import check_permissions, operation_cases
from classroom.joining.api import PERMISSIONS as JOINING
from classroom.joining.testing import joined
from classroom.roster.models import Enrolment
from classroom.study.actions.open_session import open_session
from classroom.study.api import PERMISSIONS as STUDY
from classroom.study.testing import item_ids
from classroom.testing import an_open_class


@pytest.mark.parametrize("operation", operation_cases({**JOINING, **STUDY}))
def test_only_those_in_the_table_and_only_their_own(client, app, session, clock, world, actor, operation):
    training_class = an_open_class(session, world, now=clock.now)
    enrolment = session.query(Enrolment).filter_by(class_id=training_class.id).first()
    who = joined(session, enrolment=enrolment, actor=actor("learner"), now=clock.now)
    opened = open_session(
        session, class_id=who.class_id, account_id=who.account_id, device="a", item_id=None, now=clock.now
    ).session
    item = item_ids(world.package)[0]
    theirs = {
        "class_id": training_class.id,
        "enrolment_id": enrolment.id,
        "session_id": opened.id,
        "item_id": item,
    }
    report = {"id": str(new_id()), "item_id": str(item), "from_seconds": 0, "to_seconds": 1, "pass": "x"}
    bodies = {
        "open_study_session": {"json": {"device": "a"}},
        "report_study": {"json": {"reports": [report]}},
    }
    check_permissions(client, app, operation, real=lambda _: theirs, bodies=bodies)
