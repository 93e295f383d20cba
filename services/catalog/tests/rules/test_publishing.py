"""C5, C7: what a package needs."""

import pytest
from catalog.rules.publishing import CourseFacts, NotPublishable, check_publishable


def course(**changed) -> CourseFacts:
    return CourseFacts(**{"name": "甲", "items": 3, "processing": [], "refused": [], **changed})


def said(**facts) -> list[tuple[str, str]]:
    given = {"courses": [course()], "exam_needed": False, "has_paper": False, **facts}
    with pytest.raises(NotPublishable) as refused:
        check_publishable(**given)
    return [(error.field, error.code) for error in refused.value.fields]


def test_a_complete_package_is_publishable() -> None:
    check_publishable(courses=[course(), course()], exam_needed=True, has_paper=True)
    check_publishable(courses=[course()], exam_needed=False, has_paper=False)


def test_every_reason_is_told_at_once() -> None:
    courses = [course(items=0), course(processing=["视频一"], refused=["文档一"])]
    assert said(courses=courses, exam_needed=True) == [
        ("/courses/0", "empty"),
        ("/courses/1", "processing"),
        ("/courses/1", "refused"),
        ("/exam_paper_version_id", "required"),
    ]


def test_a_package_without_courses_is_not() -> None:
    assert said(courses=[]) == [("/courses", "required")]


def test_a_package_does_not_grow_without_bounds() -> None:
    full = CourseFacts(name="大课", items=500, processing=(), refused=())
    check_publishable(courses=[full] * 4, exam_needed=False, has_paper=False)
    with pytest.raises(NotPublishable) as refused:
        check_publishable(courses=[full] * 5, exam_needed=False, has_paper=False)
    assert [(error.field, error.code) for error in refused.value.fields] == [("/courses", "too_many")]
