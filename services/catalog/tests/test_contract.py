"""The contract and the answers agree: Schemathesis asks every operation in the ways that its document names."""

from __future__ import annotations

import pytest
from catalog import testing
from chassis.testing.asking import Known, ask_everything


@pytest.fixture
def backend() -> str:
    """One is enough here: the answers of both are compared by all other tests."""
    return "postgres"


@pytest.fixture
def known(session, clock, provider_id, actor) -> Known:
    """A provider's own media, course and package, an upload that was begun, and official ones."""
    testing.addon(session, provider_id)
    registrar = actor("registrar", "provider_admin", provider_id=provider_id)
    media = [testing.medium(session, owner=provider_id, kind=kind) for kind in ("video", "document")]
    courses = [testing.course(session, owner=provider_id), testing.course(session)]
    packages = [testing.package(session, owner=provider_id, courses=courses), testing.package(session)]
    upload = testing.upload(session, by=registrar.account_id, owner=provider_id)
    papers = [testing.paper(session), testing.paper(session, kind="exam")]
    return Known(
        actors=[registrar, actor("platform_admin")],
        ids={
            "media_id": [medium.id for medium in media],
            "course_id": [course.id for course in courses],
            "courses": [course.id for course in courses],
            "package_id": [package.id for package in packages],
            "category_id": [package.category_id for package in packages],
            "parent_id": [package.category_id for package in packages],
            "upload_id": [upload.id],
            "paper_version_id": [paper.paper_version_id for paper in papers[:1]],
            "exam_paper_version_id": [papers[1].paper_version_id],
        },
        headers={"If-Match": lambda: '"v1"', "Upload-Offset": lambda: "0"},
    )


@pytest.mark.parametrize("examples", [2, pytest.param(130, marks=pytest.mark.heavy)])
def test_every_answer_is_as_documented_and_nothing_forbidden_is_taken(app, session, issuer, known, examples):
    ask_everything(app, session, issuer, known, examples=examples).must_hold()
