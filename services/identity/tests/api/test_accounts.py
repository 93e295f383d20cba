"""Managing accounts, each in their own reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.testing import Tester
from chassis.testing.plugin import FrozenClock
from identity import events
from identity.models import Account, Dealer, Provider, SignIn
from identity.testing import PASSWORD, a_provider, as_actor
from sqlalchemy.orm import Session

API = "/api/v1/identity/accounts"
V1 = {"If-Match": '"v1"'}
AccountMaker = Callable[..., Account]
NEW = {"name": "李老师", "login": "teacher1", "mobile": "13900000011", "password": "a good password"}


def wanted(account: Account, **changes: Any) -> dict[str, Any]:
    return {"name": account.name, "login": account.login, "roles": list(account.roles), **changes}


def codes(answer: Any) -> dict[str, str]:
    return {error["field"]: error["code"] for error in answer.json["errors"]}


def test_a_provider_admin_makes_accounts_of_its_own_provider(
    admin: Any, client: Tester, provider: Provider, announced: Any
):
    made = admin.post(API, json={**NEW, "roles": ["class_teacher", "registrar"]})
    assert made.status_code == 201
    assert made.headers["ETag"] == '"v1"'
    assert made.json["provider_id"] == str(provider.id)
    assert made.json["roles"] == ["class_teacher", "registrar"]
    assert "password" not in made.text
    said = announced(events.ACCOUNT_CHANGED)[-1]
    assert (said["account_id"], said["provider_id"]) == (made.json["id"], str(provider.id))
    in_by = {"login": "teacher1", "password": NEW["password"]}
    assert client.anonymous.post("/api/v1/identity/session", json=in_by).status_code == 200


@pytest.mark.parametrize("role", ["account_manager", "platform_admin", "platform_reviewer", "learner"])
def test_a_provider_admin_gives_no_other_roles(admin: Any, role: str):
    answer = admin.post(API, json={**NEW, "roles": ["registrar", role]})
    assert answer.status_code in (403, 422)
    assert answer.json["code"] in (
        "identity.account.role_not_yours_to_give",
        "identity.account.roles_do_not_fit",
    )


def test_another_provider_does_not_exist_for_a_provider_admin(
    admin: Any, account: AccountMaker, session: Session, clock: FrozenClock
):
    other = a_provider(session, now=clock.now)
    stranger = account("registrar", provider=other)
    assert admin.get(f"{API}/{stranger.id}").status_code == 404
    assert admin.put(f"{API}/{stranger.id}", json=wanted(stranger), headers=V1).status_code == 404
    assert admin.put(f"{API}/{stranger.id}/activity", json={"active": False}, headers=V1).status_code == 404
    assert admin.put(f"{API}/{stranger.id}/password", json={"password": "a new password"}).status_code == 404
    assert (
        admin.post(API, json={**NEW, "roles": ["registrar"], "provider_id": str(other.id)}).status_code == 404
    )
    listed = admin.get(API, query_string={"provider_id": str(other.id)}).json
    assert (listed["items"], listed["total"]) == ([], 0)


def test_learners_and_platform_staff_do_not_exist_for_a_provider_admin(admin: Any, account: AccountMaker):
    for role in ("learner", "platform_admin"):
        assert admin.get(f"{API}/{account(role).id}").status_code == 404


def test_the_platform_admin_makes_accounts_of_every_kind(platform: Any, provider: Provider, dealer: Dealer):
    both = {"provider_id": str(provider.id), "dealer_id": str(dealer.id)}
    roles = ["registrar", "dealer_finance", "platform_reviewer", "learner"]
    made = platform.post(API, json={**NEW, "roles": roles, **both})
    assert made.status_code == 201
    assert set(made.json["roles"]) == set(roles)
    assert (made.json["provider_id"], made.json["dealer_id"]) == (str(provider.id), str(dealer.id))


def test_an_organisation_that_does_not_exist_is_named(platform: Any):
    nowhere = "01a20000-0000-7000-8000-000000009999"
    answer = platform.post(API, json={**NEW, "roles": ["registrar"], "provider_id": nowhere})
    assert answer.status_code == 422
    assert codes(answer) == {"/provider_id": "unknown"}


@pytest.mark.parametrize(
    ("field", "code"), [("login", "identity.login.taken"), ("mobile", "identity.mobile.taken")]
)
def test_a_login_name_or_mobile_number_in_use_is_a_409(
    platform: Any, account: AccountMaker, field: str, code: str
):
    account("learner", **{"login": "somebody", field: NEW[field]})
    other = {"login": "other", "mobile": "13900000099"} | {field: NEW[field].upper()}
    answer = platform.post(API, json={**NEW, **other, "roles": ["learner"]})
    assert (answer.status_code, answer.json["code"]) == (409, code)


def test_two_providers_may_claim_one_number_and_neither_shuts_the_other_out(
    client: Tester, platform: Any, account: AccountMaker, provider: Provider, session: Session, clock: Any
):
    other = a_provider(session, now=clock.now)
    for place, login in ((provider, "one"), (other, "two")):
        wanted = {**NEW, "login": login, "roles": ["registrar"], "provider_id": str(place.id)}
        assert platform.post(API, json=wanted).status_code == 201
    again = {**NEW, "login": "three", "roles": ["registrar"], "provider_id": str(other.id)}
    answer = platform.post(API, json=again)
    assert (answer.status_code, answer.json["code"]) == (409, "identity.mobile.taken")


def test_a_changed_number_is_a_claim_again(
    platform: Any, account: AccountMaker, provider: Provider, session: Session
):
    person = account("registrar", provider=provider, name="李老师", login="liwei", mobile="13900000001")
    wanted = {"name": "李老师", "login": "liwei", "roles": ["registrar"], "provider_id": str(provider.id)}
    for mobile, verified in (("13900000001", True), ("13900000002", False)):
        version = platform.get(f"{API}/{person.id}").headers["ETag"]
        changed = platform.put(
            f"{API}/{person.id}",
            json={**wanted, "mobile": mobile, "dealer_id": None},
            headers={"If-Match": version},
        )
        assert changed.status_code == 200, changed.json
        session.refresh(person)
        assert (person.mobile_verified_at is not None) is verified


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"name": " "}, {"/name"}),
        ({"name": "x" * 51}, {"/name"}),
        ({"login": "9x"}, {"/login"}),
        ({"mobile": "12345"}, {"/mobile"}),
        ({"login": None, "mobile": None}, {"/login", "/mobile"}),
        ({"password": "short"}, {"/password"}),
        ({"roles": []}, {"/roles"}),
        ({"roles": ["king"]}, {"/roles/0"}),
        ({"roles": "registrar"}, {"/roles"}),
        ({"provider_id": "x"}, {"/provider_id"}),
        ({"active": False}, {"/active"}),
    ],
)
def test_a_bad_account_is_refused_and_every_field_named(
    platform: Any, change: dict[str, Any], fields: set[str]
):
    answer = platform.post(API, json={**NEW, "roles": ["learner"], **change})
    assert answer.status_code == 422
    assert set(codes(answer)) == fields


def test_lists_mask_mobile_numbers_and_the_accounts_own_page_shows_it(
    admin: Any, account: AccountMaker, provider: Provider
):
    person = account("registrar", provider=provider, mobile="13900000001")
    listed = admin.get(API)
    assert "13900000001" not in listed.text
    assert "139****0001" in [row["mobile_masked"] for row in listed.json["items"]]
    assert admin.get(f"{API}/{person.id}").json["mobile"] == "13900000001"


def test_the_list_is_narrowed_by_text_role_and_state(admin: Any, account: AccountMaker, provider: Provider):
    wanted_one = account("assistant", provider=provider, name="王助教", login="wang", mobile="13900000001")
    account("registrar", provider=provider, name="李教务", active=False)

    def found(**filters: Any) -> list[str]:
        return [row["name"] for row in admin.get(API, query_string=filters).json["items"]]

    assert found(text="助教") == found(text="WANG") == found(text="13900000001") == [wanted_one.name]
    assert found(text="+86 139 0000 0001") == [wanted_one.name]
    assert found(role="assistant") == [wanted_one.name]
    assert found(active="false") == ["李教务"]
    assert found(text="%") == []
    assert admin.get(API, query_string={"page": 2, "page_size": 1}).json["total"] == 3


def test_an_edit_names_the_version_that_it_edits(admin: Any, account: AccountMaker, provider: Provider):
    person = account("registrar", provider=provider)
    path = f"{API}/{person.id}"
    assert admin.put(path, json=wanted(person)).status_code == 428
    changed = admin.put(path, json=wanted(person, name="新名字"), headers=V1)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"v2"')
    assert admin.put(path, json=wanted(person), headers=V1).status_code == 412


def test_changing_only_roles_raises_the_version_and_is_announced(
    admin: Any, account: AccountMaker, provider: Provider, clock: FrozenClock, announced: Any
):
    person = account("registrar", provider=provider)
    clock.advance(seconds=1)
    changed = admin.put(f"{API}/{person.id}", json=wanted(person, roles=["assistant"]), headers=V1)
    assert (changed.json["roles"], changed.headers["ETag"]) == (["assistant"], '"v2"')
    assert announced(events.ACCOUNT_CHANGED)[-1]["roles"] == ["assistant"]


def test_a_provider_admin_takes_all_its_roles_from_a_learner_who_then_is_no_longer_its(
    admin: Any, account: AccountMaker, provider: Provider, session: Session, announced: Any
):
    person = account("registrar", "learner", provider=provider)
    answer = admin.put(f"{API}/{person.id}", json=wanted(person, roles=["learner"]), headers=V1)
    assert answer.status_code == 200
    assert answer.json["provider_id"] is None
    assert admin.get(f"{API}/{person.id}").status_code == 404
    assert announced(events.ACCOUNT_CHANGED)[-1]["roles"] == ["learner"]


def test_a_provider_admin_leaves_the_rest_of_a_shared_account_alone(
    admin: Any, account: AccountMaker, provider: Provider
):
    person = account("registrar", "learner", provider=provider)
    path = f"{API}/{person.id}"
    shared = [
        admin.put(path, json=wanted(person, name="别的名字"), headers=V1),
        admin.put(f"{path}/activity", json={"active": False}, headers=V1),
        admin.put(f"{path}/password", json={"password": "a new password"}),
    ]
    assert {(answer.status_code, answer.json["code"]) for answer in shared} == {
        (403, "identity.account.shared")
    }


def test_switching_off_ends_all_sessions_and_on_lets_in_again(
    admin: Any, client: Tester, account: AccountMaker, provider: Provider, session: Session, announced: Any
):
    person = account("registrar", provider=provider, login="registrar")
    credentials = {"login": "registrar", "password": PASSWORD}
    assert client.anonymous.post("/api/v1/identity/session", json=credentials).status_code == 200
    off = admin.put(f"{API}/{person.id}/activity", json={"active": False}, headers=V1)
    assert off.json["active"] is False
    assert session.scalars(sa.select(SignIn)).one().end_reason == "account_disabled"
    assert client.anonymous.post("/api/v1/identity/session", json=credentials).status_code == 403
    assert announced(events.ACCOUNT_CHANGED)[-1]["active"] is False
    headers = {"If-Match": off.headers["ETag"]}
    admin.put(f"{API}/{person.id}/activity", json={"active": True}, headers=headers)
    assert client.anonymous.post("/api/v1/identity/session", json=credentials).status_code == 200


def test_nobody_switches_themselves_off_or_gives_up_their_own_administration(
    client: Tester, account: AccountMaker, provider: Provider
):
    me = account("provider_admin", "assistant", provider=provider)
    mine = client.as_(as_actor(me))
    answers = [
        mine.put(f"{API}/{me.id}/activity", json={"active": False}, headers=V1),
        mine.put(f"{API}/{me.id}", json=wanted(me, roles=["assistant"]), headers=V1),
    ]
    assert {(a.status_code, a.json["code"]) for a in answers} == {(409, "identity.account.not_on_yourself")}


def test_a_password_set_by_the_admin_ends_all_sessions(
    admin: Any, client: Tester, account: AccountMaker, provider: Provider, session: Session
):
    person = account("registrar", provider=provider, login="registrar")
    client.anonymous.post("/api/v1/identity/session", json={"login": "registrar", "password": PASSWORD})
    assert admin.put(f"{API}/{person.id}/password", json={"password": "weak"}).status_code == 422
    assert admin.put(f"{API}/{person.id}/password", json={"password": "a new password"}).status_code == 204
    assert session.scalars(sa.select(SignIn)).one().end_reason == "password_changed"
    new = {"login": "registrar", "password": "a new password"}
    assert client.anonymous.post("/api/v1/identity/session", json=new).status_code == 200


def test_the_same_creation_sent_twice_with_one_key_makes_one_account(admin: Any, session: Session):
    headers = {"Idempotency-Key": "once"}
    first = admin.post(API, json={**NEW, "roles": ["registrar"]}, headers=headers)
    second = admin.post(API, json={**NEW, "roles": ["registrar"]}, headers=headers)
    assert first.status_code == second.status_code == 201
    assert first.json["id"] == second.json["id"]
    other = admin.post(API, json={**NEW, "roles": ["assistant"]}, headers=headers)
    assert other.status_code == 409
