"""What the wizard's steps allow (K1–K4), as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from chassis.errors import Failure
from classroom.classes.rules.basic import require_days, require_headcount
from classroom.classes.rules.class_types import ClassType, CourseKind, require_kinds, require_offered
from classroom.classes.rules.courses import CourseSettings, ExamWindow, Replay, require_courses
from classroom.classes.rules.supervision import CheckIn, StudyWindow, require_supervision
from classroom.classes.rules.while_open import Promise, require_no_loss

START = date(2026, 3, 2)
REC, OFF, LIVE = CourseKind.RECORDED, CourseKind.OFFLINE, CourseKind.LIVE


@pytest.mark.parametrize(
    ("kind", "longest"),
    [
        (ClassType.VOCATIONAL_SKILL, 366),
        (ClassType.APPRENTICESHIP, 1096),
        (ClassType.ONLINE_LIVE, 92),
        (ClassType.ON_SITE, 31),
    ],
)
def test_a_class_lasts_from_one_day_to_the_longest_of_its_type(kind, longest):
    require_days(class_type=kind, start_day=START, end_day=START)
    require_days(class_type=kind, start_day=START, end_day=START + timedelta(days=longest - 1))
    for wrong in (START - timedelta(days=1), START + timedelta(days=longest)):
        with pytest.raises(Failure) as caught:
            require_days(class_type=kind, start_day=START, end_day=wrong)
        assert caught.value.code == "classroom.class.wrong_days"


@pytest.mark.parametrize(
    ("kind", "chosen", "good"),
    [
        (ClassType.VOCATIONAL_SKILL, {REC}, True),
        (ClassType.VOCATIONAL_SKILL, {OFF}, True),
        (ClassType.VOCATIONAL_SKILL, {REC, OFF, LIVE}, True),
        (ClassType.VOCATIONAL_SKILL, set(), False),
        (ClassType.APPRENTICESHIP, {REC, OFF}, True),
        (ClassType.APPRENTICESHIP, {OFF}, False),
        (ClassType.ONLINE_LIVE, {LIVE}, True),
        (ClassType.ONLINE_LIVE, {REC}, False),
        (ClassType.ON_SITE, {OFF}, True),
        (ClassType.ON_SITE, {REC}, False),
        (ClassType.ON_SITE, {OFF, REC}, False),
    ],
)
def test_each_type_has_its_course_kinds(kind, chosen, good):
    if good:
        require_kinds(class_type=kind, chosen=frozenset(chosen))
        return
    with pytest.raises(Failure) as caught:
        require_kinds(class_type=kind, chosen=frozenset(chosen))
    assert caught.value.code == "classroom.class.course_kind_not_allowed"


def test_a_type_that_needs_live_lessons_is_not_offered_without_them():
    require_offered(class_type=ClassType.ON_SITE)
    with pytest.raises(Failure) as caught:
        require_offered(class_type=ClassType.ONLINE_LIVE)
    assert caught.value.code == "classroom.class.type_not_offered"


def test_the_headcount_is_never_under_the_roster():
    require_headcount(planned=5, enrolled=5)
    with pytest.raises(Failure):
        require_headcount(planned=4, enrolled=5)


OPENS = datetime(2026, 3, 10, 1, tzinfo=UTC)
EXAM = ExamWindow(opens_at=OPENS, closes_at=OPENS + timedelta(hours=5), attempts=3, minutes=15)
GOOD = CourseSettings(
    recorded=True,
    has_package=True,
    package_has_exam=True,
    replay=Replay.NONE,
    replay_until=None,
    exam=EXAM,
    offline=True,
    timetable="<p>周三下午</p>",
)


def wrong_fields(courses: CourseSettings) -> set[str]:
    starts = datetime(2026, 3, 1, 16, tzinfo=UTC)
    try:
        require_courses(
            courses=courses, end_day=date(2026, 3, 31), starts=starts, ends=starts + timedelta(days=30)
        )
    except Failure as failure:
        return {each.field for each in failure.fields}
    return set()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, set()),
        ({"has_package": False, "package_has_exam": False, "exam": None}, {"/package"}),
        ({"recorded": False}, {"/package"}),
        ({"replay_until": date(2026, 5, 1)}, {"/replay_until"}),
        ({"replay": Replay.UNTIL}, {"/replay_until"}),
        ({"replay": Replay.UNTIL, "replay_until": date(2026, 3, 31)}, {"/replay_until"}),
        ({"replay": Replay.UNTIL, "replay_until": date(2026, 4, 1)}, set()),
        ({"timetable": ""}, {"/timetable"}),
        ({"offline": False}, {"/timetable"}),
        ({"package_has_exam": False}, {"/exam"}),
        ({"exam": replace(EXAM, closes_at=OPENS)}, {"/exam/closes_at"}),
        ({"exam": replace(EXAM, opens_at=OPENS - timedelta(days=30))}, {"/exam/opens_at"}),
        ({"exam": replace(EXAM, closes_at=OPENS + timedelta(days=60))}, {"/exam/closes_at"}),
    ],
)
def test_course_settings_fit_together(changes, fields):
    assert wrong_fields(replace(GOOD, **changes)) == fields


def window(begins: str, ends: str) -> StudyWindow:
    return StudyWindow(begins=begins, ends=ends)


@pytest.mark.parametrize(
    ("real_name", "check_in", "windows", "fields"),
    [
        (True, CheckIn.TWICE, [window("08:00", "12:00"), window("13:00", "24:00")], set()),
        (False, CheckIn.OFF, [], set()),
        (False, CheckIn.ONCE, [], {"/real_name"}),
        (True, CheckIn.ONCE, [window("8:00", "12:00")], {"/study_windows/0"}),
        (True, CheckIn.ONCE, [window("12:00", "12:00")], {"/study_windows/0/to"}),
        (True, CheckIn.ONCE, [window("08:00", "12:00"), window("11:00", "13:00")], {"/study_windows/1/from"}),
        (True, CheckIn.ONCE, [window("08:00", "25:00")], {"/study_windows/0"}),
        (True, CheckIn.ONCE, [window(f"0{n}:00", f"0{n}:30") for n in range(7)], {"/study_windows"}),
    ],
)
def test_supervision_settings_fit_together(real_name, check_in, windows, fields):
    try:
        require_supervision(real_name=real_name, check_in=check_in, windows=windows)
        found = set()
    except Failure as failure:
        found = {each.field for each in failure.fields}
    assert found == fields


PROMISE = Promise(
    end_day=date(2026, 3, 31),
    replay=Replay.UNTIL,
    replay_until=date(2026, 5, 1),
    exam_opens_at=OPENS,
    exam_closes_at=OPENS + timedelta(hours=5),
    exam_attempts=3,
)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, set()),
        ({"end_day": date(2026, 4, 1), "exam_attempts": 4}, set()),
        ({"end_day": date(2026, 3, 30)}, {"/end_day"}),
        ({"replay": Replay.NONE, "replay_until": None}, {"/replay_until"}),
        ({"replay_until": date(2026, 4, 30)}, {"/replay_until"}),
        ({"exam_opens_at": OPENS + HOUR}, {"/exam/opens_at"}),
        ({"exam_opens_at": OPENS - HOUR, "exam_closes_at": OPENS + 6 * HOUR}, set()),
        ({"exam_closes_at": OPENS + HOUR}, {"/exam/closes_at"}),
        ({"exam_attempts": 2}, {"/exam/attempts"}),
    ],
)
def test_what_learners_were_promised_is_never_taken_away(changes, fields):
    try:
        require_no_loss(before=PROMISE, wanted=replace(PROMISE, **changes))
        found = set()
    except Failure as failure:
        found = {each.field for each in failure.fields}
    assert found == fields
