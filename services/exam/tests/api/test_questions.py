import pytest
from chassis.ids import new_id

API = "/api/v1/exam"
SINGLE = {
    "kind": "single_choice",
    "text": "灭火器的压力表指针在哪个区域为正常？",
    "options": [{"key": "A", "text": "红色"}, {"key": "B", "text": "绿色"}],
    "answer": ["B"],
}


@pytest.fixture
def registrar(client, actor):
    return client.as_(actor("registrar", provider_id=new_id()))


def test_a_question_is_written_read_and_rewritten(registrar) -> None:
    made = registrar.post(f"{API}/questions", json=SINGLE)
    assert (made.status_code, made.json["answer"]) == (201, ["B"])
    path = f"{API}/questions/{made.json['id']}"
    tag = registrar.get(path).headers["ETag"]
    edited = registrar.put(path, json={**SINGLE, "answer": ["A"]}, headers={"If-Match": tag})
    assert (edited.status_code, edited.json["answer"]) == (200, ["A"])
    stale = registrar.put(path, json=SINGLE, headers={"If-Match": tag})
    assert (stale.status_code, stale.json["code"]) == (412, "edit.changed_meanwhile")
    assert registrar.put(path, json=SINGLE).status_code == 428


def test_many_questions_come_in_together(registrar) -> None:
    made = registrar.post(
        f"{API}/questions/bulk",
        json={"items": [SINGLE, {"kind": "true_false", "text": "判断", "answer": ["T"]}]},
    )
    assert [question["kind"] for question in made.json["items"]] == ["single_choice", "true_false"]
    assert registrar.get(f"{API}/questions?kind=true_false").json["total"] == 1


def test_one_bad_question_of_many_keeps_all_out(registrar) -> None:
    bad = {"kind": "multiple_choice", "text": "多选", "options": SINGLE["options"], "answer": ["A"]}
    refused = registrar.post(
        f"{API}/questions/bulk", json={"items": [SINGLE, bad, {**SINGLE, "answer": ["C"]}]}
    )
    assert (refused.status_code, refused.json["code"]) == (422, "exam.question.unsound")
    assert [error["field"] for error in refused.json["errors"]] == ["/items/1/answer", "/items/2/answer/0"]
    assert registrar.get(f"{API}/questions").json["total"] == 0


def test_official_questions_are_read_by_all_and_written_by_the_platform(registrar, client, actor) -> None:
    platform = client.as_(actor("platform_admin"))
    official = platform.post(f"{API}/questions", json=SINGLE).json
    assert official["provider_id"] is None
    assert registrar.get(f"{API}/questions/{official['id']}").status_code == 200
    assert registrar.get(f"{API}/questions?owner=official").json["total"] == 1
    assert registrar.get(f"{API}/questions?owner=own").json["total"] == 0
    edited = registrar.put(f"{API}/questions/{official['id']}", json=SINGLE, headers={"If-Match": '"v1"'})
    assert edited.status_code == 404


def test_another_providers_questions_do_not_exist(registrar, client, actor) -> None:
    mine = registrar.post(f"{API}/questions", json=SINGLE).json["id"]
    for stranger in (actor("registrar", provider_id=new_id()), actor("platform_admin")):
        caller = client.as_(stranger)
        assert caller.get(f"{API}/questions/{mine}").status_code == 404
        assert caller.delete(f"{API}/questions/{mine}").status_code == 404
        assert caller.get(f"{API}/questions").json["total"] == 0


def test_an_author_without_a_provider_never_reaches_the_official_shelf(client, actor) -> None:
    refused = client.as_(actor("registrar")).post(f"{API}/questions", json=SINGLE)
    assert refused.status_code == 403


def test_a_question_that_a_paper_asks_stays(registrar) -> None:
    asked = registrar.post(f"{API}/questions", json=SINGLE).json["id"]
    paper = {"kind": "exercise", "title": "练习", "pass_score": 0}
    registrar.post(f"{API}/papers", json={**paper, "questions": [{"question_id": asked, "score": 1}]})
    refused = registrar.delete(f"{API}/questions/{asked}")
    assert (refused.status_code, refused.json["code"]) == (409, "exam.question.in_use")
    free = registrar.post(f"{API}/questions", json=SINGLE).json["id"]
    assert registrar.delete(f"{API}/questions/{free}").status_code == 204


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "essay"}, "/kind"),
        ({"text": "  "}, "/text"),
        ({"text": 7}, "/text"),
        ({"options": "AB"}, "/options"),
        ({"options": [{"key": "A"}]}, "/options/0/text"),
        ({"answer": []}, "/answer"),
        ({"answer": ["A", "B"]}, "/answer"),
        ({"score": 5}, "/score"),
    ],
)
def test_a_bad_question_names_its_field(registrar, change, field: str) -> None:
    refused = registrar.post(f"{API}/questions", json={**SINGLE, **change})
    assert refused.status_code == 422
    assert field in [error["field"] for error in refused.json["errors"]]


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 422), (b"x" * 2_000_000, 413)])
def test_what_cannot_be_read_is_answered_with_a_problem(registrar, body: bytes, status: int) -> None:
    refused = registrar.post(f"{API}/questions", data=body, content_type="application/json")
    assert (refused.status_code, refused.content_type) == (status, "application/problem+json")


def test_the_bank_can_be_searched(registrar) -> None:
    registrar.post(f"{API}/questions", json=SINGLE)
    assert registrar.get(f"{API}/questions?text=压力表").json["total"] == 1
    assert registrar.get(f"{API}/questions?text=%25").json["total"] == 0
