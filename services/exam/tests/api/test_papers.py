import pytest
from chassis.ids import new_id

API = "/api/v1/exam"


@pytest.fixture
def registrar(client, actor):
    return client.as_(actor("registrar", provider_id=new_id()))


@pytest.fixture
def questions(registrar) -> list[str]:
    items = [{"kind": "true_false", "text": f"判断{number}", "answer": ["T"]} for number in range(3)]
    return [
        made["id"] for made in registrar.post(f"{API}/questions/bulk", json={"items": items}).json["items"]
    ]


def paper(asked: list[str], **changes) -> dict:
    said = {
        "kind": "exam",
        "title": "结业考试",
        "pass_score": 60,
        "seconds": 900,
        "shuffle_questions": True,
        "shuffle_options": True,
        "questions": [{"question_id": question, "score": 40} for question in asked],
    }
    return {**said, **changes}


def content(asked: list[str], **changes) -> dict:
    return {name: value for name, value in paper(asked, **changes).items() if name != "kind"}


def test_a_paper_is_drafted_published_and_redrafted(registrar, questions) -> None:
    made = registrar.post(f"{API}/papers", json=paper(questions))
    path = f"{API}/papers/{made.json['id']}"
    first = registrar.post(f"{path}/versions")
    assert (first.status_code, first.json["number"], first.json["total_score"]) == (201, 1, 120)
    tag = registrar.get(path).headers["ETag"]
    reordered = content(questions[::-1][:2], title="新试卷")
    edited = registrar.put(path, json=reordered, headers={"If-Match": tag})
    assert [place["question_id"] for place in edited.json["questions"]] == questions[::-1][:2]
    assert edited.json["published_number"] == 1
    assert registrar.put(path, json=reordered, headers={"If-Match": tag}).status_code == 412
    second = registrar.post(f"{path}/versions").json
    assert (second["number"], second["total_score"]) == (2, 80)
    assert [one["number"] for one in registrar.get(f"{path}/versions").json["items"]] == [2, 1]
    detail = registrar.get(f"{API}/paper-versions/{first.json['id']}").json
    assert [question["question_id"] for question in detail["questions"]] == questions


def test_publishing_twice_is_refused_the_second_time(registrar, questions) -> None:
    path = f"{API}/papers/{registrar.post(f'{API}/papers', json=paper(questions)).json['id']}/versions"
    registrar.post(path)
    again = registrar.post(path)
    assert (again.status_code, again.json["code"]) == (409, "exam.paper.nothing_to_publish")


def test_an_exercise_has_no_duration(registrar, questions) -> None:
    made = registrar.post(f"{API}/papers", json=paper(questions, kind="exercise", seconds=600))
    assert made.json["seconds"] == 0


def test_questions_that_are_not_there_or_twice_are_named(registrar, questions) -> None:
    places = [{"question_id": one, "score": 1} for one in (questions[0], str(new_id()), questions[0])]
    refused = registrar.post(f"{API}/papers", json=paper([], questions=places))
    assert [error["field"] for error in refused.json["errors"]] == [
        "/questions/1/question_id",
        "/questions/2/question_id",
    ]
    assert registrar.get(f"{API}/papers").json["total"] == 0


def test_another_providers_questions_cannot_be_asked(registrar, questions, client, actor) -> None:
    stranger = client.as_(actor("registrar", provider_id=new_id()))
    refused = stranger.post(f"{API}/papers", json=paper(questions))
    assert (refused.status_code, refused.json["code"]) == (422, "exam.paper.unsound")


def test_another_providers_paper_does_not_exist(registrar, questions, client, actor) -> None:
    made = registrar.post(f"{API}/papers", json=paper(questions)).json["id"]
    version = registrar.post(f"{API}/papers/{made}/versions").json["id"]
    stranger = client.as_(actor("provider_admin", provider_id=new_id()))
    for path in (f"papers/{made}", f"papers/{made}/versions", f"paper-versions/{version}"):
        assert stranger.get(f"{API}/{path}").status_code == 404
    assert stranger.post(f"{API}/papers/{made}/versions").status_code == 404
    assert (
        stranger.put(
            f"{API}/papers/{made}", json=content(questions), headers={"If-Match": '"v1"'}
        ).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"seconds": 0}, ["/seconds"]),
        ({"pass_score": 121}, ["/pass_score"]),
        ({"questions": []}, ["/questions", "/pass_score"]),
    ],
)
def test_an_unfinished_paper_may_be_kept_but_not_published(registrar, questions, changes, fields) -> None:
    made = registrar.post(f"{API}/papers", json=paper(questions, **changes))
    assert made.status_code == 201
    refused = registrar.post(f"{API}/papers/{made.json['id']}/versions")
    assert (refused.status_code, [error["field"] for error in refused.json["errors"]]) == (422, fields)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "quiz"}, "/kind"),
        ({"title": ""}, "/title"),
        ({"pass_score": 60.5}, "/pass_score"),
        ({"pass_score": -1}, "/pass_score"),
        ({"seconds": "900"}, "/seconds"),
        ({"shuffle_questions": 1}, "/shuffle_questions"),
        ({"questions": [{"question_id": "x", "score": 1}]}, "/questions/0/question_id"),
        (
            {"questions": [{"question_id": "01993000-0000-7000-8000-000000000001", "score": 0}]},
            "/questions/0/score",
        ),
        ({"surprise": True}, "/surprise"),
    ],
)
def test_a_bad_paper_names_its_field(registrar, questions, changes, field: str) -> None:
    refused = registrar.post(f"{API}/papers", json=paper(questions, **changes))
    assert refused.status_code == 422
    assert field in [error["field"] for error in refused.json["errors"]]
