"""Uploads that can be interrupted (C10), and covers (C2)."""

from __future__ import annotations

import re
import uuid
from typing import Any

from chassis import clock
from chassis.errors import BadRequest
from chassis.text import readable
from chassis.web import Blueprint, accepts_upload, current_actor, runtime
from flask import request

from catalog.actions.add_cover import add_cover
from catalog.actions.add_part import add_part
from catalog.actions.begin_upload import begin_upload as begin
from catalog.api.asking import asking, store
from catalog.models import Upload
from catalog.queries.media import find_upload
from catalog.rules.covers import cover_warnings
from catalog.rules.uploads import MAX_BYTES, MAX_PART, MediaKind
from catalog.schemas.media import CoverIn, CoverOut, UploadIn, UploadOut

blp = Blueprint("uploads", "catalog", description="Uploads that can be interrupted")


class OffsetNotNamed(BadRequest):
    """A part must say where it belongs."""

    code = "catalog.upload.offset_not_named"
    title = "缺少 Upload-Offset 请求头"
    next_step = "请在 Upload-Offset 中写明本次内容从第几个字节开始。"


@blp.route("/uploads", methods=["POST"])
@blp.arguments(UploadIn)
@blp.response(201, UploadOut)
def begin_upload(wanted: dict[str, Any]) -> Any:
    """C10: announce a file. Then PATCH its bytes in parts of at most 8 MiB; HEAD says where to go on."""
    actor = current_actor()
    owner = asking().owner_of_new
    upload = begin(runtime().session, owner=owner, account_id=actor.account_id, **wanted, now=clock.now())
    return upload, 201, {**_offset(upload), "Location": f"/api/v1/catalog/uploads/{upload.id}"}


@blp.route("/uploads/<uuid:upload_id>", methods=["GET"])
@blp.response(200, UploadOut)
def get_upload(upload_id: uuid.UUID) -> Any:
    """C10: how far it is, in `offset` and in the header Upload-Offset (which is all that HEAD needs)."""
    upload = find_upload(runtime().session, upload_id, account_id=current_actor().account_id)
    return upload, 200, _offset(upload)


@blp.route("/uploads/<uuid:upload_id>", methods=["PATCH"])
@accepts_upload(MAX_PART)
@blp.response(200, UploadOut)
def add_upload_part(upload_id: uuid.UUID) -> Any:
    """C10: the bytes of the body belong at the header Upload-Offset. A wrong offset answers 409 with the right
    one. With the last part `media_id` is set; GET /media/<id> then says what came of it."""
    said = request.headers.get("Upload-Offset", "")
    if not re.fullmatch(r"[0-9]{1,12}", said):
        raise OffsetNotNamed
    account_id = current_actor().account_id
    # The body is read before the transaction begins: a slow phone must not hold a lock.
    data = request.get_data(cache=False)
    upload = add_part(
        runtime().session,
        upload_id,
        account_id=account_id,
        offset=int(said),
        data=data,
        store=store(),
        now=clock.now(),
    )
    return upload, 200, _offset(upload)


@blp.route("/covers", methods=["POST"])
@accepts_upload(MAX_BYTES[MediaKind.COVER] + 64 * 1024)  # the multipart's own lines
@blp.arguments(CoverIn, location="multipart")
@blp.response(201, CoverOut)
def upload_cover(parts: dict[str, Any]) -> dict[str, Any]:
    """C2: JPG, PNG, JPEG or JFIF by content, at most 5 MB; another ratio than 4:3 is a warning."""
    file = parts["file"]
    medium = add_cover(
        runtime().session,
        owner=asking().owner_of_new,
        account_id=current_actor().account_id,
        name=_shown_name(file.filename or ""),
        stream=file.stream,
        store=store(),
        now=clock.now(),
    )
    width, height = medium.width or 0, medium.height or 0
    warnings = cover_warnings(width=width, height=height)
    return {"media_id": medium.id, "width": width, "height": height, "warnings": warnings}


def _shown_name(name: str) -> str:
    """A file's name as somebody's browser said it, fit to be kept and shown."""
    return " ".join(readable(name).split())[:200] or "封面"


def _offset(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.size)}
