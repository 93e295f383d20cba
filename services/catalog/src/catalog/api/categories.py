"""Categories: the tree of occupations (C1)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, edits_version, etag, if_match, runtime

from catalog.actions.change_category import change_category as change
from catalog.actions.create_category import create_category as create
from catalog.queries.categories import list_categories as read_all
from catalog.queries.categories import view
from catalog.schemas.categories import CategoriesOut, CategoryIn, CategoryOut

blp = Blueprint("categories", "catalog", description="The tree of occupations")


@blp.route("/categories", methods=["GET"])
@blp.response(200, CategoriesOut)
def list_categories() -> dict[str, Any]:
    """C1: all categories, each with its path from the root."""
    return {"items": read_all(runtime().session)}


@blp.route("/categories", methods=["POST"])
@blp.arguments(CategoryIn)
@blp.response(201, CategoryOut)
def create_category(wanted: dict[str, Any]) -> Any:
    """C1: add a category. Siblings have different names (409), and there are at most five levels (422)."""
    category, path = create(runtime().session, **wanted, now=clock.now())
    return view(category, path), 201, etag(category.version)


@blp.route("/categories/<uuid:category_id>", methods=["PUT"])
@edits_version
@blp.arguments(CategoryIn)
@blp.response(200, CategoryOut)
def change_category(wanted: dict[str, Any], category_id: uuid.UUID) -> Any:
    """C1: rename or move a category, with everything below it."""
    expected = if_match()
    category, path = change(
        runtime().session, category_id, expected_version=expected, **wanted, now=clock.now()
    )
    return view(category, path), 200, etag(category.version)
