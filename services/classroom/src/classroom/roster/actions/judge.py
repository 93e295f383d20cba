"""One person from the API, judged by the same rule as a row of a file (K7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chassis.errors import Conflict, FieldError, Invalid

from classroom.roster.rules.entries import Entry, Problem, Written, judge_entry


class EnrolmentWrong(Invalid):
    """Something about the person cannot be right."""

    code = "classroom.enrolment.wrong"
    title = "学员信息有误"
    next_step = "请按提示核对并修改。"


class DocumentRepeated(Conflict):
    """The class already has this document number (K8)."""

    code = "classroom.enrolment.document_repeated"
    title = "班级中已有该证件号码"
    next_step = "请核对证件号码；同一班级中每个证件号码只能报名一次。"


def judged(*, person: Mapping[str, str], today: date) -> tuple[Entry, list[Problem]]:
    """The entry and its warnings. Raises EnrolmentWrong with every error."""
    entry, problems = judge_entry(written=Written(**person), today=today)
    if entry is None:
        raise EnrolmentWrong(
            fields=[
                FieldError(field=f"/{each.column}", code=each.code, message=each.message)
                for each in problems
                if not each.warning
            ]
        )
    return entry, problems
