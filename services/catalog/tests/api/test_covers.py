"""Covers over HTTP (C2)."""

import io

import pytest
from PIL import Image

PATH = "/api/v1/catalog/covers"


def picture(kind: str = "JPEG", size: tuple[int, int] = (750, 560)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def sent(caller, content: bytes, name: str = "封面.jpg"):
    return caller.post(PATH, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("name", ["a.jpg", "a.jfif", "a.txt"])
def test_a_cover_is_judged_by_its_content_not_its_name(registrar, kind: str, name: str) -> None:
    answer = sent(registrar, picture(kind), name)
    assert (answer.status_code, answer.json["warnings"]) == (201, [])
    assert (answer.json["width"], answer.json["height"]) == (750, 560)


@pytest.mark.parametrize(
    ("said", "kept"), [("a%00%0Ab.png", "a b.png"), ("%00", "封面"), ("%E8%AF%BE" * 300, "课" * 200)]
)
def test_a_strange_name_is_cleaned(registrar, said: str, kept: str) -> None:
    head = f"--b\r\nContent-Disposition: form-data; name=file; filename*=UTF-8''{said}\r\n\r\n".encode()
    body = head + picture() + b"\r\n--b--\r\n"
    answer = registrar.call("POST", PATH, data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 201, answer.text
    assert registrar.get(f"/api/v1/catalog/media/{answer.json['media_id']}").json["name"] == kept


def test_another_ratio_is_a_warning_and_not_an_error(registrar) -> None:
    answer = sent(registrar, picture(size=(1920, 1080)))
    assert answer.status_code == 201
    assert "4:3" in answer.json["warnings"][0]


def test_a_script_with_the_name_of_a_picture_is_refused(registrar) -> None:
    answer = sent(registrar, b"#!/bin/sh\nrm -rf /\n", "a.jpg")
    assert (answer.status_code, answer.json["code"]) == (415, "files.image.not_an_image")
    assert answer.json["next_step"]


def test_more_than_5_mb_is_refused(registrar) -> None:
    answer = sent(registrar, picture() + bytes(5 * 2**20))
    assert (answer.status_code, answer.json["code"]) == (413, "files.too_large")
    assert sent(registrar, bytes(7 * 2**20)).status_code == 413


def test_a_missing_file_is_named(registrar) -> None:
    answer = registrar.post(PATH, data={}, content_type="multipart/form-data")
    (error,) = answer.json["errors"]
    assert answer.status_code == 422
    assert error == {"field": "/file", "code": "required", "message": "必填"}
