"""Providers, dealers and who sees which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chassis.testing import Tester
from chassis.testing.plugin import FrozenClock
from identity import events
from identity.models import Account, Dealer, Provider
from identity.testing import a_dealer, a_provider, as_actor
from sqlalchemy.orm import Session

API = "/api/v1/identity"
V1 = {"If-Match": '"v1"'}
AccountMaker = Callable[..., Account]
DEALER = {
    "name": "云帆教育",
    "bank_account_name": "云帆教育科技有限公司",
    "bank_name": "中国工商银行",
    "bank_account_number": "1202 0265 1980 0012 345",
    "contact_name": "钱伟",
    "contact_phone": "0571-88000001",
}


def test_providers_get_six_digit_codes_one_after_the_other(platform: Any, dealer: Dealer, announced: Any):
    made = [
        platform.post(f"{API}/providers", json={"name": f"学校{n}", "dealer_id": str(dealer.id)}).json
        for n in range(3)
    ]
    assert [one["code"] for one in made] == ["000001", "000002", "000003"]
    assert made[0]["account_name"] == "学校0"
    assert [said["code"] for said in announced(events.PROVIDER_CHANGED)] == ["000001", "000002", "000003"]


def test_a_refused_provider_uses_up_no_code(platform: Any, dealer: Dealer):
    said = {"name": "一所学校", "dealer_id": str(dealer.id)}
    assert platform.post(f"{API}/providers", json=said).json["code"] == "000001"
    again = platform.post(f"{API}/providers", json=said)
    assert (again.status_code, again.json["code"]) == (409, "identity.provider.name_taken")


def test_a_dealers_numbers_are_taken_as_they_are_pasted(platform: Any):
    pasted = {**DEALER, "bank_account_number": "１２０２\u200b 0265", "contact_phone": "０１０－66554433\t"}
    made = platform.post(f"{API}/dealers", json=pasted)
    assert made.status_code == 201, made.json
    assert (made.json["bank_account_number"], made.json["contact_phone"]) == ("1202 0265", "010-66554433")


@pytest.mark.parametrize("which", ["missing", "switched off"])
def test_a_provider_needs_a_dealer_that_is_there(platform: Any, dealer: Dealer, session: Session, which: str):
    dealer.active = which != "switched off"
    session.flush()
    chosen = str(dealer.id) if which == "switched off" else "01a20000-0000-7000-8000-000000009999"
    answer = platform.post(f"{API}/providers", json={"name": "一所学校", "dealer_id": chosen})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "/dealer_id"


def test_a_provider_is_changed_and_its_code_stays(platform: Any, provider: Provider, announced: Any):
    change = {
        "name": "改名学校",
        "account_name": "开户名",
        "dealer_id": str(provider.dealer_id),
        "active": False,
    }
    path, code = f"{API}/providers/{provider.id}", provider.code
    changed = platform.put(path, json=change, headers=V1)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"v2"')
    assert (changed.json["code"], changed.json["active"]) == (code, False)
    assert announced(events.PROVIDER_CHANGED)[-1]["account_name"] == "开户名"
    assert platform.put(path, json=change, headers=V1).status_code == 412
    assert platform.put(path, json=change).status_code == 428
    assert platform.put(path, json={**change, "code": "000999"}, headers=V1).status_code == 422


def test_a_dealer_is_made_and_changed(platform: Any, announced: Any):
    made = platform.post(f"{API}/dealers", json=DEALER)
    assert (made.status_code, made.json["code"]) == (201, "D0001")
    assert platform.post(f"{API}/dealers", json=DEALER).json["code"] == "identity.dealer.name_taken"
    change = {**DEALER, "bank_name": "中国银行", "active": True}
    changed = platform.put(f"{API}/dealers/{made.json['id']}", json=change, headers=V1)
    assert changed.json["bank_name"] == "中国银行"
    assert [said["bank_name"] for said in announced(events.DEALER_CHANGED)] == ["中国工商银行", "中国银行"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"bank_account_number": "abc"}, "/bank_account_number"),
        ({"bank_account_number": None}, "/bank_account_number"),
        ({"contact_phone": "call me"}, "/contact_phone"),
        ({"name": ""}, "/name"),
        ({"code": "D0007"}, "/code"),
    ],
)
def test_a_bad_dealer_is_refused_and_the_field_named(platform: Any, change: dict[str, Any], field: str):
    answer = platform.post(f"{API}/dealers", json={**DEALER, **change})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


@pytest.fixture
def world(session: Session, clock: FrozenClock, provider: Provider, dealer: Dealer) -> dict[str, Any]:
    """Two dealers; the first serves two providers, the second one."""
    second = a_dealer(session, now=clock.now)
    return {
        "own": provider,
        "sister": a_provider(session, now=clock.now, dealer=dealer),
        "foreign": a_provider(session, now=clock.now, dealer=second),
        "dealer": dealer,
        "foreign_dealer": second,
    }


@pytest.mark.parametrize(
    ("role", "seen", "dealers"),
    [
        ("platform_admin", {"own", "sister", "foreign"}, {"dealer", "foreign_dealer"}),
        ("platform_reviewer", {"own", "sister", "foreign"}, {"dealer", "foreign_dealer"}),
        ("account_manager", {"own", "sister"}, {"dealer"}),
        ("dealer_finance", {"own", "sister"}, {"dealer"}),
        ("provider_admin", {"own"}, {"dealer"}),
        ("class_teacher", {"own"}, {"dealer"}),
    ],
)
def test_everybody_sees_their_own_and_the_rest_does_not_exist(
    client: Tester, account: AccountMaker, world: dict[str, Any], role: str, seen: set[str], dealers: set[str]
):
    place = {"account_manager": "dealer", "dealer_finance": "dealer"}.get(role, "provider")
    given = {} if role.startswith("platform") else {place: world["dealer" if place == "dealer" else "own"]}
    mine = client.as_(as_actor(account(role, **given)))
    for name in ("own", "sister", "foreign"):
        expected = 200 if name in seen else 404
        assert mine.get(f"{API}/providers/{world[name].id}").status_code == expected
    for name in ("dealer", "foreign_dealer"):
        expected = 200 if name in dealers else 404
        assert mine.get(f"{API}/dealers/{world[name].id}").status_code == expected
    listed = {row["id"] for row in mine.get(f"{API}/providers").json["items"]}
    assert listed == {str(world[name].id) for name in seen}
    assert mine.get(f"{API}/dealers").json["total"] == len(dealers)


def test_another_dealers_programs_do_not_exist(client: Tester, account: AccountMaker, world: dict[str, Any]):
    mine = client.as_(as_actor(account("dealer_finance", dealer=world["dealer"])))
    foreign = f"{API}/dealers/{world['foreign_dealer'].id}/clients"
    assert mine.get(foreign).status_code == 404
    assert mine.post(foreign, json={"name": "x"}).status_code == 404
    theirs = client.as_(as_actor(account("dealer_finance", dealer=world["foreign_dealer"])))
    made = theirs.post(foreign, json={"name": "x"}).json
    own = f"{API}/dealers/{world['dealer'].id}/clients"
    assert mine.delete(f"{own}/{made['id']}").status_code == 404
    assert theirs.get(foreign).json["items"][0]["revoked_at"] is None


def test_a_dealer_has_at_most_twenty_programs_at_once(client: Tester, account: AccountMaker, dealer: Dealer):
    mine = client.as_(as_actor(account("dealer_finance", dealer=dealer)))
    path = f"{API}/dealers/{dealer.id}/clients"
    made = [mine.post(path, json={"name": f"程序{n}"}) for n in range(20)]
    assert {answer.status_code for answer in made} == {201}
    assert mine.post(path, json={"name": "又一个"}).status_code == 409
    mine.delete(f"{path}/{made[0].json['id']}")
    assert mine.post(path, json={"name": "又一个"}).status_code == 201


def test_providers_are_found_by_name_code_and_dealer(platform: Any, world: dict[str, Any]):
    def found(**filters: Any) -> set[str]:
        return {row["id"] for row in platform.get(f"{API}/providers", query_string=filters).json["items"]}

    assert found(text=world["own"].code) == {str(world["own"].id)}
    assert found(text=world["sister"].name) == {str(world["sister"].id)}
    assert found(dealer_id=str(world["foreign_dealer"].id)) == {str(world["foreign"].id)}
    assert found(active="false") == set()
