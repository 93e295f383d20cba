"""The web side of a service: app factory, problem documents, permissions, lists, keys of repetition."""

from chassis.web import fields
from chassis.web.app import build_app
from chassis.web.auth import Actor, current_actor
from chassis.web.blueprint import Blueprint, accepts_upload, autocommits, refuses
from chassis.web.etags import check_version, edits_version, etag, if_match, may_name_version
from chassis.web.lists import KeyArgs, PageArgs, keyset, keyset_of, page_of, paginate
from chassis.web.permissions import Permission, Whose, allow, public
from chassis.web.runtime import Runtime, runtime
from chassis.web.schemas import Schema

__all__ = [
    "Actor",
    "Blueprint",
    "KeyArgs",
    "PageArgs",
    "Permission",
    "Runtime",
    "Schema",
    "Whose",
    "accepts_upload",
    "allow",
    "autocommits",
    "build_app",
    "check_version",
    "current_actor",
    "edits_version",
    "etag",
    "fields",
    "if_match",
    "keyset",
    "keyset_of",
    "may_name_version",
    "page_of",
    "paginate",
    "public",
    "refuses",
    "runtime",
]
