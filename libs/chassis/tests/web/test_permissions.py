"""The permission table: complete, enforced, and tried operation by operation."""

from __future__ import annotations

import dataclasses

import pytest
from bakery.app import SERVICE
from chassis.testing import check_permissions, operation_cases
from chassis.web import Whose, allow
from chassis.web.app import build_app
from chassis.web.permissions import PermissionTableIncomplete


@pytest.mark.parametrize("operation", operation_cases(SERVICE.permissions))
def test_each_operation_is_only_for_its_roles(client, app, operation):
    check_permissions(client, app, operation)


def test_an_operation_without_a_line_stops_the_start(app):
    settings = app.extensions["kaike.runtime"].settings
    less = {name: p for name, p in SERVICE.permissions.items() if name != "bake"}
    with pytest.raises(PermissionTableIncomplete, match="bake"):
        build_app(dataclasses.replace(SERVICE, permissions=less), settings, check_head=False)
    more = {**SERVICE.permissions, "burn": allow(whose=Whose.ANY)}
    with pytest.raises(PermissionTableIncomplete, match="burn"):
        build_app(dataclasses.replace(SERVICE, permissions=more), settings, check_head=False)


def test_a_token_of_another_kind_or_time_is_no_sign_in(client, actor, foreign_paper, clock):
    path = "/api/v1/bakery/loaves"
    someone = actor("registrar", provider_id=None)
    claims = {"sub": str(someone.account_id), "roles": ["registrar"]}
    papers = {
        "ticket": foreign_paper("identity", "ticket", claims),
        "other issuer": foreign_paper("classroom", "access", claims),
        "expired": foreign_paper("identity", "access", claims, now=clock.now, lifetime=300),
        "broken": "x.y.z",
    }
    clock.advance(seconds=301)
    for what, token in papers.items():
        answer = client.anonymous.get(path, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json["code"]) == (401, "auth.sign_in_needed"), what


def test_the_document_names_operations_roles_and_problems(app):
    from chassis.web.openapi import document

    spec = document(app)
    post = spec["paths"]["/api/v1/bakery/loaves"]["post"]
    assert post["operationId"] == "create_loaf"
    assert post["x-roles"] == ["provider_admin", "registrar"]
    assert set(post["responses"]) == {"201", "400", "401", "403", "409", "413", "415", "422", "503"}
    assert post["responses"]["422"] == {"$ref": "#/components/responses/Refusal422"}
    refusal = spec["components"]["responses"]["Refusal422"]["content"]
    assert refusal == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert any(p.get("name") == "Idempotency-Key" for p in post["parameters"])


def test_the_document_names_the_version_header_of_edits_and_of_nothing_else(app):
    from chassis.web.openapi import document

    paths = document(app)["paths"]
    named = {
        f"{method} {path}"
        for path, described in paths.items()
        for method, operation in described.items()
        if method != "parameters"
        and any(p.get("name") == "If-Match" for p in operation.get("parameters", []))
    }
    assert named == {"put /api/v1/bakery/loaves/{loaf_id}"}
