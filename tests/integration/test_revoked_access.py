"""Access of a member of staff is ended: within seconds no service takes the token, by the real bus and workers."""

import pytest
import urllib3
from suite.demo.client import Client, wait_for
from suite.demo.people import People

# One operation of each service that this account may call, or that at least asks who is calling.
OPERATIONS = [
    "/catalog/packages",
    "/classroom/classes",
    "/exam/papers",
    "/billing/orders",
    "/supervision/classes/01a20000-0000-7000-8000-000000000999/check-ins",
    "/identity/accounts",
]
SOON = 15
ROLES = ["provider_admin", "registrar", "class_teacher", "business_manager"]


@pytest.fixture
def people(suite):
    return People(suite.url)


@pytest.mark.parametrize("ending", ["switched off", "another password", "a role taken"])
def test_no_service_takes_the_token_of_somebody_whose_access_was_ended(suite, people, ending):
    platform, login = people.staff("platform"), f"leaving{ending[-3:]}".replace(" ", "")
    new = {"name": "即将离职", "login": login, "password": "a good password"}
    made = platform.post(
        "/identity/accounts", {**new, "roles": ROLES, "provider_id": str(people.provider_id)}
    )
    leaver = Client(suite.url).signed_in(grant_type="password", login=login, password="a good password")
    statuses = {path: _status(suite, leaver, path) for path in OPERATIONS}
    assert 401 not in statuses.values(), statuses
    _end(platform, made["id"], ending)
    wait_for(
        "all services to refuse the token",
        lambda: all(_status(suite, leaver, path) == 401 for path in OPERATIONS),
        within=SOON,
    )
    assert _status(suite, people.staff("registrar"), "/catalog/packages") == 200, "nobody else is shut out"


def _end(platform, account_id, ending):
    path = f"/identity/accounts/{account_id}"
    account = platform.get(path)
    if ending == "switched off":
        platform.put(f"{path}/activity", {"active": False}, version=account["version"])
    elif ending == "another password":
        platform.put(f"{path}/password", {"password": "another good password"})
    else:
        kept = {name: account[name] for name in ("name", "login", "mobile", "provider_id", "dealer_id")}
        platform.put(path, {**kept, "roles": ["registrar"]}, version=account["version"])


def _status(suite, somebody, path):
    headers = {"Authorization": f"Bearer {somebody.token}"}
    return urllib3.request("GET", f"{suite.url}/api/v1{path}", headers=headers).status
