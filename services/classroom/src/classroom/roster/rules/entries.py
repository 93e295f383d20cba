"""One person of a roster: what was written, judged into an entry or a list of problems (K6, K7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chassis.text import code_point

from classroom.roster.rules.cells import is_scientific
from classroom.roster.rules.characters import is_private, why_refused
from classroom.roster.rules.cleaning import Cleaning, cleaned, is_blank
from classroom.roster.rules.columns import Column
from classroom.roster.rules.document_numbers import Sex, judge_number, read_sex, tidy_number
from classroom.roster.rules.document_types import LABELS, DocumentType, read_document_type
from classroom.roster.rules.names import LONGEST_KEY, LONGEST_NAME, name_key, tidy_name

LONGEST_CONTACT = 100


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A person as the roster keeps them."""

    name: str
    contact: str
    document_type: DocumentType
    document_number: str
    sex: Sex


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong (or, as a warning, odd) with one column of one person, and what to do."""

    column: Column
    code: str
    message: str
    value: str
    warning: bool = False


@dataclass(frozen=True, kw_only=True)
class Written:
    """The five texts as they were typed."""

    name: str
    contact: str
    document_type: str
    document_number: str
    sex: str


def judge_entry(*, written: Written, today: date) -> tuple[Entry | None, list[Problem]]:
    """The entry, when nothing is wrong with it, and every error and warning (K6: all of them, not the first)."""
    problems = [*_judge_name(written.name), *_judge_contact(written.contact)]
    kind = read_document_type(written.document_type)
    sex = read_sex(written.sex)
    number = tidy_number(written.document_number)
    if kind is None:
        problems.append(
            _unread(Column.DOCUMENT_TYPE, written.document_type, f"请填写：{'、'.join(LABELS.values())}。")
        )
    if sex is None:
        problems.append(_unread(Column.SEX, written.sex, "请填写 男 或 女。"))
    if not number:
        problems.append(_unread(Column.DOCUMENT_NUMBER, "", "请填写证件号码。"))
    elif kind is not None:
        problems += [
            Problem(
                column=Column.DOCUMENT_NUMBER,
                code=found.code,
                message=found.message,
                value=written.document_number,
                warning=found.warning,
            )
            for found in judge_number(kind=kind, number=number, sex=sex, today=today)
        ]
    if kind is None or sex is None or any(not each.warning for each in problems):
        return None, problems
    entry = Entry(
        name=tidy_name(written.name),
        contact=cleaned(written.contact, Cleaning.FREE),
        document_type=kind,
        document_number=number,
        sex=sex,
    )
    return entry, problems


def _judge_name(text: str) -> list[Problem]:
    name = tidy_name(text)
    refused = [(sign, why) for sign in dict.fromkeys(name) if (why := why_refused(sign)) is not None]
    if refused:
        told = "；".join(f"{code_point(sign)} {why}" for sign, why in refused)
        return [_wrong(Column.NAME, "unreadable", f"姓名中有不能用的字符：{told}。", text)]
    if not name_key(name):
        return [_unread(Column.NAME, text, "请填写姓名。")]
    if len(name) > LONGEST_NAME or len(name_key(name)) > LONGEST_KEY:
        return [_wrong(Column.NAME, "too_long", f"姓名最多 {LONGEST_NAME} 个字，请核对。", text)]
    if any(sign.isdigit() for sign in name):
        return [_wrong(Column.NAME, "digits", "姓名中有数字，请核对是否填错了列。", text)]
    private = [code_point(sign) for sign in dict.fromkeys(name) if is_private(sign)]
    if private:
        told = f"姓名中有自造的生僻字（{'、'.join(private)}），在别的电脑和证书上可能显示成别的字，请核对。"
        return [Problem(column=Column.NAME, code="private_use", message=told, value=text, warning=True)]
    return []


def _judge_contact(text: str) -> list[Problem]:
    contact = cleaned(text, Cleaning.FREE)
    if not contact:
        return [_unread(Column.CONTACT, text, "请填写联系方式，可以是电话、地址或电子邮箱。")]
    if len(contact) > LONGEST_CONTACT:
        return [_wrong(Column.CONTACT, "too_long", f"联系方式最多 {LONGEST_CONTACT} 个字。", text)]
    if is_scientific(contact):
        told = "联系方式被 Excel 写成了科学计数法，后面的数字已丢失；如果是电话，请把该列设为文本后重新录入。"
        return [Problem(column=Column.CONTACT, code="scientific", message=told, value=text, warning=True)]
    return []


def _unread(column: Column, value: str, message: str) -> Problem:
    """Nothing there, or a word that means nothing here."""
    return _wrong(column, "required" if is_blank(value) else "unknown", message, value)


def _wrong(column: Column, code: str, message: str, value: str) -> Problem:
    return Problem(column=column, code=code, message=message, value=value)
