"""What every request of every service can rely on."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from bakery.app import Loaf
from chassis.idempotency_table import keys
from chassis.ids import new_id
from chassis.testing import race

RYE = {"name": "黑麦面包", "price": "12.50"}


def baker(actor, **kwargs):
    return actor("registrar", provider_id=kwargs.pop("provider_id", None) or new_id(), **kwargs)


def test_an_answer_is_committed_with_its_work(client, actor, session):
    made = client.as_(baker(actor)).post("/api/v1/bakery/loaves", json=RYE)
    assert made.status_code == 201, made.text
    assert made.json["price"] == "12.50"
    assert made.headers["ETag"] == '"v1"'
    assert session.scalar(sa.select(Loaf.price_fen)) == 1250


def test_every_field_error_is_named_with_its_pointer(client, actor):
    bad = client.as_(baker(actor)).post("/api/v1/bakery/loaves", json={"price": 12.5, "colour": "brown"})
    assert (bad.status_code, bad.content_type) == (422, "application/problem+json")
    assert {(e["field"], e["code"]) for e in bad.json["errors"]} == {
        ("/name", "required"),
        ("/price", "invalid"),
        ("/colour", "unknown"),
    }
    assert bad.json["code"] == "http.fields_invalid"
    assert bad.json["next_step"]


def test_broken_json_a_wrong_type_and_a_large_body_are_problems(client, actor):
    caller = client.as_(baker(actor))
    broken = caller.post("/api/v1/bakery/loaves", data=b'{"name": ', content_type="application/json")
    listed = caller.post("/api/v1/bakery/loaves", json=[1, 2])
    large = caller.post("/api/v1/bakery/loaves", data=b"x" * 10_000_000, content_type="application/json")
    assert [(r.status_code, r.json["code"]) for r in (broken, listed, large)] == [
        (400, "http.unreadable"),
        (422, "http.fields_invalid"),
        (413, "http.body_too_large"),
    ]


def test_only_a_marked_operation_takes_a_larger_body(client, actor):
    caller = client.as_(baker(actor))
    sent = caller.post("/api/v1/bakery/pictures", data={"picture": (io.BytesIO(b"x" * 2_000_000), "a.png")})
    assert sent.json == {"bytes": 2_000_000}
    refused = caller.post(
        "/api/v1/bakery/pictures", data={"picture": (io.BytesIO(b"x" * 4_000_000), "a.png")}
    )
    assert refused.json["code"] == "http.body_too_large"


def test_a_fault_of_ours_tells_nothing_but_the_request_id(client, actor):
    answer = client.as_(baker(actor)).get("/api/v1/bakery/oven", headers={"X-Request-Id": "request-1234"})
    assert (answer.status_code, answer.json["code"]) == (500, "http.internal")
    assert answer.json["request_id"] == answer.headers["X-Request-Id"] == "request-1234"
    assert "fire" not in answer.text


def test_unknown_paths_and_methods_are_problems_and_405_says_what_is_allowed(client):
    assert client.anonymous.get("/api/v1/bakery/cakes").json["code"] == "http.not_found"
    wrong = client.anonymous.delete("/api/v1/bakery/loaves")
    assert (wrong.status_code, wrong.json["code"]) == (405, "http.method_not_allowed")
    assert "POST" in wrong.headers["Allow"]


def test_an_edit_needs_the_version_it_was_made_from(client, actor):
    caller = client.as_(baker(actor))
    made = caller.post("/api/v1/bakery/loaves", json=RYE)
    path = f"/api/v1/bakery/loaves/{made.json['id']}"
    assert caller.put(path, json=RYE).status_code == 428
    changed = caller.put(path, json={**RYE, "price": "13.00"}, headers={"If-Match": '"v1"'})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"v2"')
    late = caller.put(path, json=RYE, headers={"If-Match": '"v1"'})
    assert (late.status_code, late.json["code"]) == (412, "edit.changed_meanwhile")


def test_a_named_constraint_becomes_its_failure_and_undoes_nothing_else(client, actor):
    caller = client.as_(baker(actor))
    caller.post("/api/v1/bakery/loaves", json=RYE)
    again = caller.post("/api/v1/bakery/loaves", json=RYE)
    assert (again.status_code, again.json["code"]) == (409, "bakery.loaf.taken")


def test_a_key_of_repetition_gives_the_first_answer_again(client, actor, session):
    caller = client.as_(baker(actor))
    key = {"Idempotency-Key": "bake-1"}
    first = caller.post("/api/v1/bakery/loaves", json=RYE, headers=key)
    again = caller.post("/api/v1/bakery/loaves", json=RYE, headers=key)
    assert again.status_code == 201
    assert again.json == first.json
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotent-Replayed"] == "true"
    other = caller.post("/api/v1/bakery/loaves", json={**RYE, "price": "1.00"}, headers=key)
    assert (other.status_code, other.json["code"]) == (409, "idempotency.key_reused")
    assert session.scalar(sa.select(sa.func.count()).select_from(Loaf)) == 1
    assert RYE["name"].encode() not in session.scalar(sa.select(keys.c.body)), "kept answers are sealed"


def test_an_operation_of_one_statement_commits_itself_but_not_apart_from_a_kept_answer(
    committed, actor, backend
):
    caller = committed.client.as_(baker(actor))

    def rolls_after(**headers: str) -> int:
        assert caller.post("/api/v1/bakery/rolls", headers=headers).status_code == 404
        with committed.sessions() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(Loaf))

    assert rolls_after(**{"Idempotency-Key": "roll-1"}) == 0
    assert rolls_after() == (1 if backend == "postgres" else 0)


def test_a_failed_request_leaves_its_key_free(client, actor):
    caller = client.as_(baker(actor))
    key = {"Idempotency-Key": "bake-1"}
    assert caller.post("/api/v1/bakery/loaves", json={"name": "x"}, headers=key).status_code == 422
    assert caller.post("/api/v1/bakery/loaves", json=RYE, headers=key).status_code == 201


def test_two_requests_with_one_key_at_once_do_the_work_once(committed, actor):
    someone = baker(actor)
    key = {"Idempotency-Key": str(new_id())}
    path = "/api/v1/bakery/bakings"
    answers = race(*[lambda: committed.client.as_(someone).post(path, headers=key)] * 4)
    assert {a.status_code for a in answers} == {202}
    assert len({a.json["job_id"] for a in answers}) == 1


def test_two_at_once_with_one_name_leave_one_winner(committed, actor):
    someone = baker(actor)
    answers = race(*[lambda: committed.client.as_(someone).post("/api/v1/bakery/loaves", json=RYE)] * 4)
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
    assert {a.json["code"] for a in answers if a.status_code == 409} == {"bakery.loaf.taken"}


def test_a_cookie_from_a_foreign_page_is_refused(client, actor, app, issuer):
    from chassis import clock

    token = issuer.access_token(baker(actor), now=clock.now())
    cookie = {"Cookie": f"kaike={token}"}
    path = "/api/v1/bakery/loaves"
    foreign = client.anonymous.post(path, json=RYE, headers={**cookie, "Origin": "https://evil.example"})
    assert (foreign.status_code, foreign.json["code"]) == (403, "auth.foreign_origin")
    own = client.anonymous.post(path, json=RYE, headers={**cookie, "Origin": "http://localhost"})
    assert own.status_code == 201


def test_a_kept_answer_is_given_to_its_own_account_only(client, actor):
    key = {"Idempotency-Key": "bake-1"}
    mine = client.as_(baker(actor)).post("/api/v1/bakery/loaves", json=RYE, headers=key)
    theirs = client.as_(baker(actor)).post("/api/v1/bakery/loaves", json=RYE, headers=key)
    assert theirs.status_code == 201
    assert mine.json["id"] != theirs.json["id"]


def test_a_key_with_several_files_of_one_name_is_compared_by_their_content(client, actor):
    caller, key = client.as_(baker(actor)), {"Idempotency-Key": "upload-1"}

    def upload(*contents):
        files = [(io.BytesIO(content), "a.png") for content in contents]
        return caller.post("/api/v1/bakery/pictures", data={"picture": files}, headers=key)

    assert upload(b"one", b"two").json == {"bytes": 3}
    assert upload(b"one", b"two").headers["Idempotent-Replayed"] == "true"
    assert upload(b"one", b"three").json["code"] == "idempotency.key_reused"


def test_a_key_tells_apart_forms_that_only_look_alike(client, actor):
    caller, key = client.as_(baker(actor)), {"Idempotency-Key": "upload-1"}

    def upload(form):
        data = {"picture": (io.BytesIO(b"x"), "a.png"), **form}
        return caller.post("/api/v1/bakery/pictures", data=data, headers=key)

    assert upload({"a": "1\nb=2"}).status_code == 200
    assert upload({"a": "1", "b": "2"}).json["code"] == "idempotency.key_reused"


def test_an_answer_that_is_a_file_is_kept_too(client, actor):
    caller, key = client.as_(baker(actor)), {"Idempotency-Key": "label-1"}
    first = caller.post("/api/v1/bakery/labels", headers=key)
    again = caller.post("/api/v1/bakery/labels", headers=key)
    assert first.data == again.data == b"label"
    assert again.headers["Content-Type"] == first.headers["Content-Type"]


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(client, actor, key):
    answer = client.as_(baker(actor)).post(
        "/api/v1/bakery/loaves", json=RYE, headers={"Idempotency-Key": key}
    )
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency.key_unreadable")


def test_an_answer_that_tells_a_failure_itself_is_not_kept(client, actor, session):
    """A view that answers a problem instead of raising it has its note of the try committed, and may be tried again."""
    caller, key = client.as_(baker(actor)), {"Idempotency-Key": "taste-1"}
    for _ in range(2):
        answer = caller.post("/api/v1/bakery/tastings", headers=key)
        assert answer.json["code"] == "bakery.loaf.not_found"
        assert "Idempotent-Replayed" not in answer.headers
    assert session.scalar(sa.select(sa.func.count()).select_from(Loaf)) == 2
    assert session.scalar(sa.select(sa.func.count()).select_from(keys)) == 0
