"""导入学员: all or nothing, with every error told (K6–K8, X9)."""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import zipfile
from typing import Any

import openpyxl
import pytest
from classroom.roster.testing import roster_file, row, saved, workbook
from classroom.testing import a_ready_class, an_open_class, person, submitted

API = "/api/v1/classroom"


def test_a_good_file_is_imported_and_shown_masked(draft, send, roster_of):
    answer = send(draft.id, roster_file(range(1, 12)))
    assert answer.status_code == 200, answer.json
    assert (answer.json["total"], answer.json["added"], answer.json["existing"]) == (11, 11, 0)
    page = roster_of(draft.id)
    assert page["total"] == 11
    assert page["items"][0]["name"] == person(1)["name"]
    number = person(1)["document_number"]
    assert page["items"][0]["document_number"] == number[:4] + "*" * 12 + number[-2:]


def test_an_old_xls_is_imported_too(draft, send, data, roster_of):
    answer = send(draft.id, (data / "roster.xls").read_bytes())
    assert answer.status_code == 200, answer.json
    contacts = [each["contact"] for each in roster_of(draft.id)["items"]]
    assert contacts == ["13800138001", "北京市朝阳区某街 1 号", "wang@example.com"]


def test_a_dry_run_tells_the_same_and_changes_nothing(draft, send, roster_of):
    answer = send(draft.id, roster_file(range(1, 4)), dry_run=True)
    assert answer.status_code == 200
    assert (answer.json["dry_run"], answer.json["added"]) == (True, 3)
    assert roster_of(draft.id)["total"] == 0
    bad = send(draft.id, saved(workbook([row(1, sex="女")])), dry_run=True)
    assert (bad.status_code, bad.json["code"]) == (422, "classroom.roster.rows_wrong")


def test_the_same_file_again_changes_nothing_and_keeps_later_edits(draft, send, roster_of, client, world):
    content = roster_file(range(1, 4))
    send(draft.id, content)
    first = roster_of(draft.id)["items"][0]
    edited = client.as_(world.registrar).put(
        f"{API}/classes/{draft.id}/enrolments/{first['id']}",
        json={**person(1), "contact": "改过的电话", "document_number": None},
        headers={"If-Match": f'"v{first["version"]}"'},
    )
    assert edited.status_code == 200, edited.json
    again = send(draft.id, content)
    assert (again.json["added"], again.json["existing"]) == (0, 3)
    assert [each["code"] for each in again.json["warnings"]] == ["kept"]
    page = roster_of(draft.id)
    assert page["total"] == 3
    assert page["items"][0]["contact"] == "改过的电话"


@pytest.mark.parametrize("column", ["document_type", "name", "contact", "sex"])
def test_whoever_stands_otherwise_on_the_roster_is_told_and_kept(draft, send, roster_of, column):
    taiwan, permit = "台湾居民来往大陆通行证", "护照"
    given = {"document_type": taiwan, "document_number": "12345678", "sex": "男"}
    send(draft.id, saved(workbook([row(1, **given)])))
    changed = {"document_type": permit, "name": "另一人", "contact": "别处", "sex": "女"}[column]
    again = send(draft.id, saved(workbook([row(1, **{**given, column: changed})])))
    assert [each["code"] for each in again.json["warnings"]] == ["kept"]
    assert roster_of(draft.id)["items"][0]["document_type_label"] == taiwan


def test_with_one_bad_row_nothing_is_imported_and_every_error_is_told(draft, send, roster_of, client):
    rows = [
        row(1),
        row(2, name="", sex="?"),
        row(3, document_number="11010519491231002Y"),
        row(4, document_number=110105199003070012),
        row(1),
    ]
    answer = send(draft.id, saved(workbook(rows)))
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    told = [(each["row"], each["column"], each["code"]) for each in answer.json["errors"]]
    assert told == [
        (3, "姓名", "required"),
        (3, "性别", "unknown"),
        (4, "证件号码", "shape"),
        (5, "证件号码", "stored_as_number"),
        (6, "证件号码", "repeated"),
    ]
    assert answer.json["errors"][2]["value"] == "11010519491231002Y"
    assert all(each["message"] for each in answer.json["errors"])
    assert roster_of(draft.id)["total"] == 0
    marked = client.anonymous.get(answer.json["marked_file"])
    assert marked.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(marked.data)).active
    assert sheet["F1"].value == "错误说明"
    assert "姓名" in sheet["F3"].value
    assert sheet["D4"].fill.start_color.rgb == "FFFFC7CE"
    assert sheet["D4"].comment.text
    assert sheet["A2"].value == person(1)["name"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_full_file_store_hides_no_error_of_the_roster_and_its_loss_is_told(
    draft, send, roster_of, monkeypatch, dry_run
):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = send(draft.id, saved(workbook([row(1), row(2, name="")])), dry_run=dry_run)
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.roster.rows_wrong")
    assert [(each["row"], each["column"]) for each in answer.json["errors"]] == [(3, "姓名")]
    assert answer.json["marked_file"] is None
    assert "没有生成标注错误的文件" in answer.json["detail"]
    assert roster_of(draft.id)["total"] == 0


def test_the_link_to_the_marked_file_ends(draft, send, client, clock):
    answer = send(draft.id, saved(workbook([row(1, sex="")])))
    clock.advance(minutes=31)
    assert client.anonymous.get(answer.json["marked_file"]).status_code == 410
    assert client.anonymous.get(answer.json["marked_file"] + "x").status_code == 404


def test_an_old_xls_comes_back_marked_as_xlsx(draft, send, client, data):
    answer = send(draft.id, (data / "wrong.xls").read_bytes())
    assert [each["code"] for each in answer.json["errors"]] == ["required", "stored_as_number"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.anonymous.get(answer.json["marked_file"]).data)).active
    assert sheet["A2"].value == "张三"
    assert "证件号码" in sheet["F3"].value


def test_what_begins_with_an_equals_sign_comes_back_as_text(draft, send, client):
    content = saved(workbook([row(1, contact="x", sex="")]))
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["B2"].value = "=1+1"
    book.active["B2"].data_type = "s"
    answer = send(draft.id, saved(book))
    sheet = openpyxl.load_workbook(io.BytesIO(client.anonymous.get(answer.json["marked_file"]).data)).active
    assert (sheet["B2"].value, sheet["B2"].data_type) in {("=1+1", "s"), ("=1+1", "f")}
    assert answer.json["errors"][0]["column"] == "性别"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<x/>")
        made.writestr("xl/workbook.xml", "<x/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return out.getvalue()


def merged() -> bytes:
    book = workbook([row(1)])
    book.active.merge_cells("A1:B1")
    return saved(book)


def titled() -> bytes:
    book = workbook([row(1)])
    book.active.insert_rows(1)
    book.active["A1"] = "学员报名名单"
    book.active.merge_cells("A1:E1")
    return saved(book)


def formulas() -> bytes:
    return saved(workbook([row(1, name="=A9")]))


def far_cell() -> bytes:
    book = workbook([row(1)])
    book.active["XFD1048576"] = "x"
    return saved(book)


GOOD_HEADINGS = ["姓名", "联系方式", "证件类型", "证件号码", "性别"]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (lambda _: b"\x89PNG\r\n\x1a\n" + bytes(999), 415, "files.spreadsheet.not_a_spreadsheet"),
        (lambda _: roster_file([1])[:-300], 422, "files.spreadsheet.damaged"),
        (lambda _: bomb(), 413, "files.spreadsheet.unpacks_too_large"),
        (lambda data: (data / "encrypted.xlsx").read_bytes(), 422, "files.spreadsheet.encrypted"),
        (lambda _: saved(openpyxl.Workbook()), 422, "classroom.roster.sheet_empty"),
        (lambda _: roster_file([]), 422, "classroom.roster.sheet_empty"),
        (
            lambda _: saved(workbook([row(1)], headings=GOOD_HEADINGS[:4])),
            422,
            "classroom.roster.columns_missing",
        ),
        (
            lambda _: saved(workbook([row(1)], headings=[*GOOD_HEADINGS, "性别"])),
            422,
            "classroom.roster.columns_repeated",
        ),
        (lambda _: merged(), 422, "classroom.roster.headings_merged"),
        (lambda _: titled(), 422, "classroom.roster.headings_merged"),
        (lambda _: formulas(), 422, "classroom.roster.rows_wrong"),
        (lambda _: roster_file(range(501)), 422, "classroom.roster.too_many_rows"),
        (lambda _: roster_file(range(12)), 409, "classroom.roster.full"),
        (lambda _: far_cell(), 413, "classroom.roster.sheet_too_wide"),
        (lambda data: (data / "far_cell.xls").read_bytes(), 413, "classroom.roster.sheet_too_wide"),
    ],
    ids=[
        "renamed picture",
        "damaged zip",
        "zip bomb",
        "password",
        "blank workbook",
        "headings only",
        "missing column",
        "repeated column",
        "merged headings",
        "merged title",
        "formulas",
        "501 rows",
        "over the planned headcount",
        "a cell far away",
        "a cell far away in an xls",
    ],
)
def test_a_bad_file_is_a_clear_problem_and_imports_nothing(
    content, status, code, data, draft, send, roster_of
):
    answer = send(draft.id, content(data))
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["title"]
    assert answer.json["next_step"]
    assert roster_of(draft.id)["total"] == 0


def test_a_file_of_two_megabytes_is_taken_and_one_of_six_is_not(draft, send):
    content = saved(workbook([row(1)]))
    for extra, status, code in ((2, 200, None), (5.5, 413, "http.body_too_large")):
        out = io.BytesIO(content)
        with zipfile.ZipFile(out, "a") as made:
            made.writestr("xl/media/photo.jpg", secrets.token_bytes(int(extra * 1024 * 1024)))
        answer = send(draft.id, out.getvalue())
        assert (answer.status_code, answer.json.get("code")) == (status, code)


def test_no_file_at_all_is_told(client, world, draft):
    answer = client.as_(world.registrar).post(f"{API}/classes/{draft.id}/roster-imports")
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.roster.file_not_sent")


def test_a_formula_with_its_result_is_read_by_its_result(draft, send, roster_of):
    content = saved(workbook([row(1, contact="=1+1")]))
    unpacked = zipfile.ZipFile(io.BytesIO(content))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in unpacked.namelist():
            text = re.sub(
                rb"<f>1\+1</f><v ?/>|<f>1\+1</f><v></v>", b"<f>1+1</f><v>2</v>", unpacked.read(name)
            )
            made.writestr(name, text)
    answer = send(draft.id, out.getvalue())
    assert answer.status_code == 200, answer.json
    assert roster_of(draft.id)["items"][0]["contact"] == "2"


def test_during_a_review_the_roster_is_locked(session, world, clock, send):
    made = a_ready_class(session, world, now=clock.now)
    submitted(session, world, made, now=clock.now)
    answer = send(made.id, roster_file([5]))
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.class.wrong_state")


def test_people_added_while_open_are_announced(session, world, clock, send, announced):
    made = an_open_class(session, world, now=clock.now, people=2)
    answer = send(made.id, roster_file([5, 6]))
    assert answer.status_code == 200, answer.json
    assert len(announced("classroom.enrolment.changed.v1")) == 4


def test_the_template_can_be_filled_and_imported(client, world, draft, send):
    template = client.as_(world.registrar).get(f"{API}/roster-template")
    assert template.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(template.data))
    sheet = book["报名名单"]
    assert [cell.value for cell in sheet[1]] == GOOD_HEADINGS
    assert len(sheet.data_validations.dataValidation) == 2
    assert sheet["D2"].number_format == "@"
    assert book.worksheets[1]["A2"].value == "张三"
    for place, value in enumerate(row(1), start=1):
        sheet.cell(row=2, column=place, value=value)
    answer = send(draft.id, saved(book))
    assert (answer.status_code, answer.json["added"]) == (200, 1)


def test_the_examples_of_the_template_are_right(client, world, draft, send):
    from classroom.roster.actions.workbooks import EXAMPLES

    assert send(draft.id, saved(workbook(EXAMPLES))).status_code == 200


def test_a_class_teacher_exports_the_roster_of_an_assigned_class_on_the_record(
    client, world, draft, send, actor
):
    send(draft.id, roster_file(range(1, 3)))
    path = f"{API}/classes/{draft.id}/roster-exports"
    assert client.as_(world.teacher).post(path).status_code == 200
    log = client.as_(world.registrar).get(f"{API}/classes/{draft.id}/audit-log").json["items"]
    assert (log[0]["action"], log[0]["actor_name"]) == ("export_roster", world.teacher.name)
    assert client.as_(world.assistant).post(path).status_code == 403
    elsewhere = actor("class_teacher", provider_id=world.provider_id)
    assert client.as_(elsewhere).post(path).status_code == 404


def test_the_export_can_be_imported_into_another_class(session, client, world, draft, send, clock):
    from classroom.testing import a_draft

    send(draft.id, roster_file(range(1, 4)))
    exported = client.as_(world.registrar).post(f"{API}/classes/{draft.id}/roster-exports")
    assert exported.status_code == 200
    log = client.as_(world.admin).get(f"{API}/classes/{draft.id}/audit-log").json["items"]
    assert (log[0]["action"], log[0]["actor_name"]) == ("export_roster", world.registrar.name)
    other = a_draft(session, world, now=clock.now)
    assert send(other.id, exported.data).json["added"] == 3


@pytest.mark.parametrize("columns", [["contact"], ["document_number"]])
def test_digits_stored_as_numbers_are_read_right(columns: list[str], draft, send, roster_of):
    changes: dict[str, Any] = {
        "document_type": "台湾居民来往大陆通行证",
        "document_number": "12345678",
        "contact": "13800138000",
    }
    changes |= {column: int(changes[column]) for column in columns}
    answer = send(draft.id, saved(workbook([row(1, **changes)])))
    assert answer.status_code == 200, answer.json
    assert roster_of(draft.id)["items"][0]["contact"] == "13800138000"
