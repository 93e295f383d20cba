from collections.abc import Mapping
from typing import Any

import pytest
from chassis.ids import new_id
from chassis.testing import check_permissions, operation_cases
from exam.api.permissions import PERMISSIONS
from exam.testing import published_paper

CONTENT = {"title": "试卷", "pass_score": 0, "seconds": 60, "questions": []}
QUESTION = {"kind": "true_false", "text": "判断", "answer": ["T"]}
BODIES = {
    "edit_question": {"json": QUESTION},
    "edit_paper": {"json": CONTENT},
    "put_answer": {"json": {"id": "01993000-0000-7000-8000-000000000001", "answer": []}},
}


@pytest.fixture
def foreign(session, learner, classroom, clock) -> Mapping[str, Any]:
    """Objects of one provider and one learner, which nobody else may reach."""
    version = published_paper(session, now=clock.now, provider_id=new_id())
    started = learner.start().json
    return {
        "question_id": version.questions[0].question_id,
        "paper_id": version.paper_id,
        "version_id": version.id,
        "class_id": classroom.class_id,
        "attempt_id": started["id"],
    }


@pytest.mark.parametrize("operation", operation_cases(PERMISSIONS))
def test_each_operation_knows_its_roles_and_its_tenant(client, app, foreign, operation: str) -> None:
    # One's own attempts are looked for by account: a stranger gets an empty list, not a class that is missing.
    real = None if operation == "get_own_attempts" else lambda _: foreign
    check_permissions(client, app, operation, real=real, bodies=BODIES)


def test_a_stranger_has_no_attempts_in_a_class(client, actor, foreign) -> None:
    found = client.as_(actor("learner")).get(f"/api/v1/exam/classes/{foreign['class_id']}/attempts/mine")
    assert (found.status_code, found.json["total"]) == (200, 0)
