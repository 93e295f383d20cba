"""Schemathesis finds what a service answers and does not document, and what it takes and must not."""

from __future__ import annotations

import pytest
from chassis.ids import new_id
from chassis.testing.asking import Known, ask_everything
from chassis.testing.contract import Contract
from chassis.web.openapi import document


@pytest.fixture
def backend() -> str:
    return "postgres"


def test_a_server_error_and_nothing_else_is_found_in_the_bakery(app, session, issuer, actor, client):
    baker = actor("registrar", provider_id=new_id())
    loaf = client.as_(baker).post("/api/v1/bakery/loaves", json={"name": "rye", "price": "1.00"}).json
    known = Known(
        actors=[baker, actor("platform_admin")],
        ids={"loaf_id": [loaf["id"]]},
        headers={"If-Match": lambda: '"v1"'},
    )
    asked = ask_everything(app, session, issuer, known, examples=3)
    assert asked.failures
    assert all(failure.startswith("GET /api/v1/bakery/oven:") for failure in asked.failures), asked.failures
    assert asked.statuses[200]
    assert asked.statuses[201]
    there = client.as_(baker).get("/api/v1/bakery/loaves").json
    assert [each["id"] for each in there["items"]] == [loaf["id"]], "what was asked stays done"
    with pytest.raises(AssertionError, match="oven"):
        asked.must_hold()


def test_an_answer_that_is_not_documented_makes_any_test_red(app, client, actor, monkeypatch):
    contract = Contract(app)
    monkeypatch.setitem(app.extensions, "kaike.testing.contract", contract)
    del contract._operations["list_loaves"]["responses"]["422"]
    with pytest.raises(AssertionError, match="list_loaves: 422 is not documented"):
        client.as_(actor("registrar", provider_id=new_id())).get("/api/v1/bakery/loaves?page=0")


def test_a_body_that_is_not_as_documented_makes_any_test_red(app, client, actor, monkeypatch):
    contract = Contract(app)
    monkeypatch.setitem(app.extensions, "kaike.testing.contract", contract)
    contract._document["components"]["schemas"]["LoafSchemaPage"]["properties"]["total"]["type"] = "string"
    with pytest.raises(AssertionError, match="total must be string"):
        client.as_(actor("registrar", provider_id=new_id())).get("/api/v1/bakery/loaves")


def test_a_schema_that_only_goes_out_promises_no_bounds_and_one_that_comes_in_says_them(app):
    schemas = document(app)["components"]["schemas"]
    assert "minimum" not in schemas["LoafSchemaPage"]["properties"]["total"]
    assert schemas["Loaf"]["properties"]["name"]["maxLength"] == 40
    assert schemas["Stamp"]["properties"]["times"]["maximum"] == 9


def test_a_parameter_of_a_query_is_never_null(app):
    parameters = document(app)["paths"]["/api/v1/bakery/loaves/all"]["get"]["parameters"]
    after = next(parameter for parameter in parameters if parameter["name"] == "after")
    assert after["schema"]["type"] == "string"
    assert "default" not in after["schema"]


def test_the_document_of_one_caller_is_not_changed_by_another(app):
    before = document(app)
    document(app)["components"]["schemas"].clear()
    assert document(app) == before
