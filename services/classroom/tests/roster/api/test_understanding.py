"""A roster as people send it: understood where it can be and said so, else each thing in a sentence of its own (K6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from classroom.roster.rules.columns import HEADINGS, OTHER_NAMES
from classroom.roster.testing import row, saved, workbook

GOOD = list(HEADINGS.values())


def told(answer: Any) -> list[tuple[int, str, str]]:
    return [(each["row"], each["column"], each["code"]) for each in answer.json["errors"] if "row" in each]


def notes(answer: Any) -> dict[str, str]:
    return {each["code"]: each["message"] for each in answer.json["warnings"]}


@pytest.mark.parametrize(
    ("column", "name"), [(column, name) for column, names in OTHER_NAMES.items() for name in names]
)
def test_a_heading_by_a_common_name_is_understood_and_said(column, name, draft, send):
    headings = [name if label == HEADINGS[column] else label for label in GOOD]
    answer = send(draft.id, saved(workbook([row(1)], headings=headings)), dry_run=True)
    assert answer.status_code == 200, answer.json
    assert f"“{name}”当作“{HEADINGS[column]}”" in notes(answer)["headings_understood"]


def test_headings_with_invisible_characters_are_understood(draft, send):
    headings = ["\ufeff姓\u200b名", "联系\u3000方式", "证件\u00ad类型", "证件号码\u200e\n", "性\u00a0别"]
    answer = send(draft.id, saved(workbook([row(1)], headings=headings)))
    assert (answer.status_code, answer.json["warnings"]) == (200, [])


def test_two_columns_that_may_both_be_the_contact_are_asked_about(draft, send):
    book = workbook([[*row(1), "1"]], headings=["姓名", "手机号", "证件类型", "证件号码", "性别", "联系电话"])
    answer = send(draft.id, saved(book))
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.roster.columns_repeated")
    assert "手机号" in answer.json["detail"]
    assert "联系电话" in answer.json["detail"]


def test_of_several_sheets_the_one_with_the_headings_is_read_and_named(draft, send):
    book = workbook([row(1)])
    book.active.title = "电工一班"
    cover = book.create_sheet("封面", 0)
    cover.append(["某公司报名资料"])
    answer = send(draft.id, saved(book))
    assert (answer.status_code, answer.json["sheet"]) == (200, "电工一班")
    assert "电工一班" in notes(answer)["sheet"]


def test_a_second_sheet_with_a_roster_is_named_as_not_read(draft, send):
    book = workbook([row(1)])
    second = book.create_sheet("二班")
    second.append(GOOD)
    second.append(row(2))
    answer = send(draft.id, saved(book))
    assert answer.json["added"] == 1
    assert "“二班”也有名单的表头，没有读取" in notes(answer)["sheet"]


def test_an_unmerged_title_above_the_headings_is_passed_over_and_said(draft, send, roster_of):
    book = workbook([row(1)])
    book.active.insert_rows(1, amount=2)
    book.active["A1"] = "某公司 2026 年第 1 期学员名单"
    answer = send(draft.id, saved(book))
    assert (answer.status_code, answer.json["added"]) == (200, 1)
    assert "表头在第 3 行" in notes(answer)["heading_row"]
    book.active["E4"] = "?"
    wrong = send(draft.id, saved(book))
    assert told(wrong) == [(4, "性别", "unknown")]


def hidden() -> Any:
    book = workbook([row(1), row(2), row(3, sex="?"), row(4)])
    for number in (3, 4):
        book.active.row_dimensions[number].hidden = True
    return book


def test_hidden_and_filtered_rows_are_read_and_said_to_have_been(draft, send):
    answer = send(draft.id, saved(hidden()))
    assert told(answer) == [(4, "性别", "unknown")]
    assert "第 3～4 行是隐藏" in notes(answer)["hidden_rows"]


def test_a_last_row_of_formulas_without_results_is_not_dropped(draft, send, roster_of):
    formulas = ["=A2", "=B2", "=C2", "=D2", "=E2"]
    answer = send(draft.id, saved(workbook([row(1), formulas])))
    assert answer.status_code == 422
    assert told(answer) == [(3, label, "formula") for label in GOOD]
    assert roster_of(draft.id)["total"] == 0


def test_a_duplicate_beside_another_error_is_named_too(draft, send):
    answer = send(draft.id, saved(workbook([row(1, sex="?"), row(2), row(1, name=""), row(2, sex="")])))
    assert told(answer) == [
        (2, "性别", "unknown"),
        (4, "姓名", "required"),
        (4, "证件号码", "repeated"),
        (5, "证件号码", "repeated"),
        (5, "性别", "required"),
    ]
    assert "第 2 行" in answer.json["errors"][2]["message"]


def test_missing_places_are_counted_over_all_rows(draft, send):
    rows = [row(number, sex="?" if number > 2 else "") for number in range(1, 14)]
    answer = send(draft.id, saved(workbook([*rows, row(1, sex="?")])))
    full = [each["message"] for each in answer.json["errors"] if each["code"] == "full"]
    assert full == ["名单新增 13 人，预计培训人数还缺 2 个名额。"]


def test_people_on_the_roster_already_need_no_place_though_their_row_is_wrong(draft, send):
    send(draft.id, saved(workbook([row(number) for number in range(1, 11)])))
    rows = [row(number, sex="?") for number in range(1, 12)]
    answer = send(draft.id, saved(workbook(rows)))
    assert [each for each in answer.json["errors"] if each["code"] == "full"] == []


def merged_contact() -> Any:
    book = workbook([row(1), row(2, contact=None), row(3, contact=None)])
    book.active.merge_cells("B2:B4")
    return book


def error_cell() -> Any:
    book = workbook([row(1)])
    book.active["D2"].value = "#N/A"
    return book


def styled_far_away() -> Any:
    book = workbook([row(1, sex="?")])
    book.active["E12000"] = " "
    book.active["A12001"] = "\u3000\u200b"
    return book


@pytest.mark.parametrize(
    ("book", "errors", "words"),
    [
        (
            lambda: workbook([row(1, document_number="1.10105E+17")]),
            [(2, "证件号码", "scientific")],
            "科学计数法",
        ),
        (lambda: workbook([row(1, document_number=110105900307001)]), [(2, "证件号码", "shape")], "15 位"),
        (lambda: workbook([row(1, document_number="110105900307001")]), [(2, "证件号码", "shape")], "15 位"),
        (error_cell, [(2, "证件号码", "error_value")], "#N/A"),
        (lambda: workbook([row(1, contact="#REF!")]), [(2, "联系方式", "error_value")], "#REF!"),
        (merged_contact, [(3, "联系方式", "merged"), (4, "联系方式", "merged")], "合并"),
        (styled_far_away, [(2, "性别", "unknown")], "男 或 女"),
    ],
    ids=[
        "scientific text",
        "a number of 15 digits",
        "a text of 15 digits",
        "an error value",
        "an error value as text",
        "merged cells",
        "one space in row 12000",
    ],
)
def test_each_kind_of_slip_has_a_sentence_of_its_own(
    book: Callable[[], Any], errors: list[tuple[int, str, str]], words: str, draft, send
):
    answer = send(draft.id, saved(book()))
    assert answer.status_code == 422, answer.json
    assert told(answer) == errors
    assert all(words in each["message"] for each in answer.json["errors"])


def test_a_contact_of_many_lines_and_spaces_is_kept_on_one_line(draft, send, client, world, roster_of):
    answer = send(draft.id, saved(workbook([row(1, contact="\u200b北京市\u3000朝阳区\n1 号\u00a0\uffff")])))
    assert answer.status_code == 200, answer.json
    assert roster_of(draft.id)["items"][0]["contact"] == "北京市 朝阳区 1 号"
    typed = {**dict(zip(HEADINGS, row(2), strict=True)), "contact": "北京市\r\n朝阳区\t1 号\u202e"}
    added = client.as_(world.registrar).post(f"/api/v1/classroom/classes/{draft.id}/enrolments", json=typed)
    assert (added.status_code, added.json["contact"]) == (201, "北京市 朝阳区 1 号")


def test_a_rare_name_is_imported_with_a_warning_only_when_it_is_private(draft, send, roster_of):
    rows = [row(1, name="王\U0002ebf0"), row(2, name="李\U000323af"), row(3, name="赵\ue000")]
    answer = send(draft.id, saved(workbook(rows)))
    assert answer.status_code == 200, answer.json
    assert [(each["row"], each["code"]) for each in answer.json["warnings"]] == [(4, "private_use")]
    assert [each["name"] for each in roster_of(draft.id)["items"]] == [
        "王\U0002ebf0",
        "李\U000323af",
        "赵\ue000",
    ]
