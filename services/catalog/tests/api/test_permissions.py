"""Every operation: nobody, the wrong role, a stranger with the right role."""

import io

import pytest
from catalog import testing
from catalog.api.permissions import PERMISSIONS
from chassis.ids import new_id
from chassis.testing import check_permissions, operation_cases

PLAN = {"teaching_plan": {}}


@pytest.mark.parametrize("operation", operation_cases(PERMISSIONS))
def test_only_those_in_the_table(operation, app, client, session, clock, package_body) -> None:
    owner = new_id()
    medium = testing.medium(session, owner=owner)
    course = testing.course(session, owner=owner)
    package = testing.package(session, owner=owner, courses=[course])
    upload = testing.upload(session, by=new_id(), owner=owner)
    theirs = {
        "media_id": medium.id,
        "course_id": course.id,
        "package_id": package.id,
        "upload_id": upload.id,
        "number": 1,
    }
    bodies = {
        "add_upload_part": {"data": b"0", "headers": {"Upload-Offset": "0"}},
        "change_course": {"json": {"name": "改", "chapters": []}},
        "change_package": {"json": package_body(category_id=str(package.category_id))},
        "change_training_plan": {"json": PLAN},
        "upload_cover": {"data": {"file": (io.BytesIO(b"x"), "a.jpg")}},
    }
    check_permissions(client, app, operation, real=lambda _: theirs, bodies=bodies)
