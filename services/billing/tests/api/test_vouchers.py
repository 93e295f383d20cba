"""B7: a voucher is an image by its content, whatever its name says, and is seen through links that expire."""

from io import BytesIO

import pytest
from billing import testing

PATH = "/api/v1/billing/vouchers"
SCRIPT = b"#!/bin/sh\nrm -rf /\n"
PAGE = b"<html><script>alert(1)</script></html>"


def upload(client, who, data: bytes, name: str = "a.jpg"):
    """One part named file; written by hand, because the test client keeps larger bodies in files it never closes."""
    head = f'--limit\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + data + b"\r\n--limit--\r\n"
    return client.as_(who).post(PATH, data=body, content_type="multipart/form-data; boundary=limit")


@pytest.mark.parametrize(
    ("kind", "name", "content_type"),
    [
        ("JPEG", "a.jpg", "image/jpeg"),
        ("JPEG", "a.jfif", "image/jpeg"),
        ("JPEG", "凭证.jpeg", "image/jpeg"),
        ("PNG", "a.png", "image/png"),
        ("PNG", "really-a-png.jpg", "image/png"),
        ("PNG", "no-suffix", "image/png"),
    ],
)
def test_an_image_is_taken_whatever_its_name(client, scene, kind: str, name: str, content_type: str) -> None:
    data = testing.picture(kind)
    made = upload(client, scene.business, data, name)
    assert made.status_code == 201, made.text
    assert (made.json["content_type"], made.json["size"]) == (content_type, len(data))
    shown = client.anonymous.get(made.json["url"])
    assert (shown.status_code, shown.data, shown.content_type) == (200, data, content_type)
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (SCRIPT, 415),
        (PAGE, 415),
        (b"GIF89a" + b"\x00" * 100, 415),
        (b"%PDF-1.4\n", 415),
        (b"", 422),
        (testing.picture()[:-40], 422),
        (b"\x89PNG\r\n\x1a\n" + SCRIPT, 415),
        (b"\xff\xd8\xff" + b"\x00" * 5 * 1024 * 1024, 413),
    ],
    ids=["script", "page", "gif", "pdf", "empty", "cut off", "png head only", "over 5 MB"],
)
def test_what_is_no_whole_image_is_refused_though_it_is_named_a_jpg(
    client, scene, data: bytes, status: int
) -> None:
    answer = upload(client, scene.business, data)
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["next_step"]


def test_a_body_far_over_the_limit_is_refused(client, scene) -> None:
    assert upload(client, scene.business, b"\x00" * 10_000_000).status_code == 413


def test_a_form_without_the_file_names_it(client, scene) -> None:
    answer = client.as_(scene.business).post(PATH, data={"image": (BytesIO(testing.picture()), "a.png")})
    assert answer.status_code == 422
    told = {error["field"]: error["message"] for error in answer.json["errors"]}
    assert told["/file"] == "必填"


def test_a_link_expires(client, scene, clock) -> None:
    url = upload(client, scene.business, testing.picture()).json["url"]
    clock.advance(minutes=14)
    assert client.anonymous.get(url).status_code == 200
    clock.advance(minutes=1)
    assert client.anonymous.get(url).status_code == 410


def test_a_link_that_was_tampered_with_leads_nowhere(client, scene) -> None:
    url = upload(client, scene.business, testing.picture()).json["url"]
    token = url.split("/")[-2]
    for bad in ("x", f"x{token}", token[:-2], f"{token}a", "a.b"):
        assert client.anonymous.get(f"{PATH}/{bad}/image").status_code == 404
