"""What must not be is refused by the database itself."""

import pytest
import sqlalchemy as sa
from catalog import testing
from catalog.models import Item, PackageCourse, PackageVersion
from chassis.ids import new_id
from sqlalchemy.exc import IntegrityError


def version_of(package, number: int = 1) -> PackageVersion:
    return PackageVersion(
        package_id=package.id,
        number=number,
        content={},
        digest="0" * 64,
        published_at=testing.NOW,
        published_by=new_id(),
    )


def refused(session, row) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        testing.added(session, row)


def test_a_version_number_is_given_once(session) -> None:
    package = testing.package(session)
    session.add(version_of(package))
    session.flush()
    refused(session, version_of(package))


@pytest.mark.parametrize("statement", [sa.update(PackageVersion).values(number=9), sa.delete(PackageVersion)])
def test_a_published_version_never_changes(session, statement) -> None:
    session.add(version_of(testing.package(session)))
    session.flush()
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(statement)


def test_a_course_is_in_a_package_once(session) -> None:
    course = testing.course(session)
    package = testing.package(session, courses=[course])
    refused(session, PackageCourse(package_id=package.id, position=1, course_id=course.id))


def test_an_item_has_the_content_of_its_kind(session) -> None:
    course = testing.course(session, items=[])
    session.expire_all()
    chapter = course.chapters[0].id
    paper = testing.paper(session).paper_version_id
    refused(session, Item(chapter_id=chapter, position=1, kind="video", title="x", paper_version_id=paper))
    refused(session, Item(chapter_id=chapter, position=1, kind="exercise", title="x"))
    document = testing.medium(session, kind="document").id
    refused(session, Item(chapter_id=chapter, position=1, kind="document", title="x", media_id=document))


def test_a_ready_medium_is_somewhere_and_a_video_has_a_length(session) -> None:
    for facts in ({"key": None}, {"seconds": None}, {"url": "https://example.com/a"}, {"state": "refused"}):
        with pytest.raises(IntegrityError), session.begin_nested():
            testing.medium(session, **facts)
