"""Who may call what: one table per service, operation by operation. A missing line stops the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, request

from chassis.errors import Forbidden, Unauthenticated


class Whose(StrEnum):
    """Whose objects an operation reaches. The query that loads the object holds it; the tests try it."""

    PROVIDER = "provider"
    DEALER = "dealer"
    ASSIGNED = "assigned"
    SELF = "self"
    ANY = "any"


@dataclass(frozen=True)
class Permission:
    """The roles that may call an operation (any one of them), and whose objects it then reaches."""

    roles: frozenset[str]
    whose: Whose
    public: bool = False


class SignInNeeded(Unauthenticated):
    """No token, or one that is no longer good."""

    code = "auth.sign_in_needed"
    title = "尚未登录或登录已失效"
    next_step = "请重新登录后再试。"


class RoleMissing(Forbidden):
    """Signed in, but without a role for this."""

    code = "auth.role_missing"
    title = "当前账号没有此操作的权限"
    next_step = "请联系本单位管理员开通相应角色。"


class PermissionTableIncomplete(RuntimeError):
    """An operation without a line in the table, or a line without an operation."""


def allow(*roles: str, whose: Whose) -> Permission:
    """Signed-in accounts with any of `roles` (none named: any account), on objects that are `whose`."""
    return Permission(frozenset(roles), whose)


def public() -> Permission:
    """Anyone, signed in or not."""
    return Permission(frozenset(), Whose.ANY, public=True)


def operations(app: Flask) -> dict[str, list[tuple[str, str]]]:
    """Operation id → its (method, path)s, of every endpoint that belongs to an API blueprint."""
    found: dict[str, list[tuple[str, str]]] = {}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            operation = operation_of(app, rule.endpoint, method)
            if operation:
                found.setdefault(operation, []).append((method, str(rule)))
    return found


def operation_of(app: Flask, endpoint: str, method: str) -> str | None:
    """The operation id behind an endpoint and method: the name of the function that answers."""
    blueprint, _, name = endpoint.rpartition(".")
    if blueprint not in app.extensions["kaike.api_blueprints"]:
        return None
    view = getattr(app.view_functions[endpoint], "view_class", None)
    if view is None:
        return name
    # HEAD and OPTIONS are answered by the same class as GET.
    handler = getattr(view, method.lower(), None) or getattr(view, "get", None)
    if handler is None:
        return None
    # A method view's functions are all named after their verbs: the class tells them apart.
    named = handler.__name__ not in _VERBS
    return str(handler.__name__) if named else f"{_snake(name)}_{method.lower()}"


_VERBS = {"get", "post", "put", "patch", "delete"}


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def guard(app: Flask, table: Mapping[str, Permission]) -> None:
    """Check the table against the app's operations and enforce it before every request."""
    known = set(operations(app))
    if known != set(table):
        missing, stale = sorted(known - set(table)), sorted(set(table) - known)
        raise PermissionTableIncomplete(f"{app.name}: no permission for {missing}; no operation for {stale}")

    @app.before_request
    def check_role() -> None:
        """401 without a good token, 403 without the role."""
        from chassis.web.auth import actor_or_none

        if request.endpoint is None:
            return
        operation = operation_of(app, request.endpoint, request.method)
        if operation is None:
            return
        permission = table[operation]
        actor = actor_or_none(strict=not permission.public)
        if permission.public:
            return
        if actor is None:
            raise SignInNeeded
        if permission.roles and not permission.roles & actor.roles:
            raise RoleMissing
