"""The test of all operations, made from a service's permission table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from flask import Flask

from chassis.contracts import contracts_folder
from chassis.ids import new_id
from chassis.testing.callers import Tester
from chassis.web.auth import Actor
from chassis.web.permissions import Permission, Whose, operations


def every_role() -> dict[str, str]:
    """Role → what it is a role of (provider, dealer, platform, self), from contracts/roles.yaml."""
    said = yaml.safe_load((contracts_folder() / "roles.yaml").read_text())
    return {role: about["of"] for role, about in said.items()}


def operation_cases(permissions: Mapping[str, Permission]) -> list[str]:
    """The operations to parametrise a test with."""
    return sorted(permissions)


def stranger(role: str) -> Actor:
    """An account with this role in a provider or dealer that owns nothing."""
    of = every_role()[role]
    return Actor(
        account_id=new_id(),
        name="外人",
        roles=frozenset({role}),
        provider_id=new_id() if of == "provider" else None,
        dealer_id=new_id() if of == "dealer" else None,
    )


def check_permissions(
    tester: Tester,
    app: Flask,
    operation: str,
    *,
    real: Callable[[str], Mapping[str, Any]] | None = None,
    bodies: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Try one operation: nobody 401; each role that may not 403; strangers of the right role 404.

    `real(operation)` gives the path parameters of an object that exists and belongs to somebody else, and
    `bodies[operation]` the keyword arguments of a call that is otherwise good. An operation whose path has no
    parameters reaches no foreign object by its address and is tried for 401 and 403 only.
    """
    permission: Permission = app.extensions["kaike.permissions"][operation]
    if permission.public:
        return
    for method, rule in operations(app)[operation]:
        nowhere = fill(rule, {})
        _expect(tester.anonymous.call(method, nowhere), 401, operation, "nobody")
        for role in set(every_role()) - permission.roles if permission.roles else ():
            _expect(tester.as_(stranger(role)).call(method, nowhere), 403, operation, role)
        if "<" not in rule or real is None or permission.whose is Whose.ANY:
            continue
        path = fill(rule, real(operation))
        call = dict((bodies or {}).get(operation, {}))
        headers = {"If-Match": '"v1"', **call.pop("headers", {})}
        for role in permission.roles or {"learner"}:
            _expect(
                tester.as_(stranger(role)).call(method, path, headers=headers, **call), 404, operation, role
            )


def fill(rule: str, values: Mapping[str, Any]) -> str:
    """A Flask rule with its parameters filled in; those not given get a fresh id or a text."""

    def value(match: re.Match[str]) -> str:
        kind, _, name = match[1].rpartition(":")
        return str(values.get(name, new_id() if kind == "uuid" else 1 if kind == "int" else "x"))

    return re.sub(r"<([^>]+)>", value, rule)


def _expect(response: Any, status: int, operation: str, who: str) -> None:
    assert response.status_code == status, (
        f"{operation} as {who}: {response.status_code} {response.get_data(as_text=True)[:300]}"
    )
