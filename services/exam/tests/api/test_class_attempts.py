import pytest
from chassis.ids import new_id
from exam.testing import Classroom

API = "/api/v1/exam"


@pytest.fixture
def path(classroom) -> str:
    return f"{API}/classes/{classroom.class_id}/attempts"


def test_teachers_see_all_attempts_by_learner(learner, classroom, client, actor, path, session) -> None:
    waiting = Classroom(
        now=classroom.now,
        paper_version_id=classroom.paper_version_id,
        class_id=classroom.class_id,
        provider_id=classroom.provider_id,
        teacher_id=classroom.teacher_id,
        name="阿亮",
    )
    waiting.announce(session)
    first = learner.start().json
    learner.hand_in(first["id"])
    learner.start()
    teacher = client.as_(
        actor("class_teacher", provider_id=classroom.provider_id, account_id=classroom.teacher_id)
    )
    found = teacher.get(path).json
    assert found["total"] == 2
    by_name = {one["name"]: one for one in found["items"]}
    assert by_name["阿亮"] == {
        "enrolment_id": str(waiting.enrolment_id),
        "name": "阿亮",
        "best_exam_score": None,
        "attempts": [],
    }
    assert [(one["number"], one["state"]) for one in by_name["王小明"]["attempts"]] == [
        (1, "handed_in"),
        (2, "running"),
    ]
    assert by_name["王小明"]["best_exam_score"] == 0
    assert teacher.get(f"{path}?text=小明").json["total"] == 1
    (of_mocks,) = teacher.get(f"{path}?kind=mock_exam&text=小明").json["items"]
    # The best score is the exam's, whatever attempts are looked at.
    assert (of_mocks["attempts"], of_mocks["best_exam_score"]) == ([], 0)


def test_a_list_of_attempts_does_not_read_their_questions(
    learner, classroom, client, actor, path, counted
) -> None:
    learner.hand_in(learner.start().json["id"])
    teacher = client.as_(actor("registrar", provider_id=classroom.provider_id))
    with counted() as seen:
        assert teacher.get(path).json["items"][0]["attempts"]
        assert learner.caller.get(f"{path}/mine").json["items"]
        assert learner.caller.get(f"{API}/classes/{classroom.class_id}/exam", headers=learner.ticket()).json[
            "attempts"
        ]
    reading = [
        statement for statement in seen if "FROM attempts" in statement and "count(*)" not in statement
    ]
    assert reading
    assert not [statement for statement in reading if "question_order" in statement]


def test_a_teacher_sees_right_answers_only_after_hand_in(learner, classroom, client, actor, path) -> None:
    teacher = client.as_(actor("registrar", provider_id=classroom.provider_id))
    attempt_id = learner.start().json["id"]
    assert "right_answer" not in teacher.get(f"{path}/{attempt_id}").get_data(as_text=True)
    learner.hand_in(attempt_id)
    assert "right_answer" in teacher.get(f"{path}/{attempt_id}").json["questions"][0]


@pytest.mark.parametrize("role", ["provider_admin", "registrar", "business_manager"])
def test_these_roles_see_all_classes_of_their_provider(classroom, client, actor, path, role: str) -> None:
    assert client.as_(actor(role, provider_id=classroom.provider_id)).get(path).status_code == 200
    assert client.as_(actor(role, provider_id=new_id())).get(path).status_code == 404


@pytest.mark.parametrize("role", ["class_teacher", "assistant"])
def test_these_roles_see_only_the_classes_that_they_teach(classroom, client, actor, path, role: str) -> None:
    teaching = actor(role, provider_id=classroom.provider_id, account_id=classroom.teacher_id)
    assert client.as_(teaching).get(path).status_code == 200
    assert client.as_(actor(role, provider_id=classroom.provider_id)).get(path).status_code == 404
    elsewhere = actor(role, provider_id=new_id(), account_id=classroom.teacher_id)
    assert client.as_(elsewhere).get(path).status_code == 404


def test_an_attempt_of_another_class_is_not_found_here(
    learner, classroom, client, actor, session, clock
) -> None:
    attempt_id = learner.start().json["id"]
    other = Classroom(now=clock.now, provider_id=classroom.provider_id)
    other.announce(session)
    registrar = client.as_(actor("registrar", provider_id=classroom.provider_id))
    found = registrar.get(f"{API}/classes/{other.class_id}/attempts/{attempt_id}")
    assert (found.status_code, found.json["code"]) == (404, "exam.attempt.not_found")
