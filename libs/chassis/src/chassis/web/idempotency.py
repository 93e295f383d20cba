"""`Idempotency-Key` on a POST: the answer is kept, so that sending the same request again does nothing new.

The key's row is written first in the request's own transaction. Two requests with one key meet at that row:
the second waits for the first's commit and is then given the first's answer. A request that fails rolls back
its key with everything else and may be tried again.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Response, request
from sqlalchemy.orm import Session

from chassis.db import insert
from chassis.errors import BadRequest, Conflict
from chassis.idempotency_table import MAX_KEY, keys
from chassis.papers.keys import seal, unseal
from chassis.web.runtime import runtime


class KeyReused(Conflict):
    """The same key came with another request."""

    code = "idempotency.key_reused"
    title = "同一幂等键被用于不同的请求"
    next_step = "请为新的请求使用新的 Idempotency-Key。"


class KeyUnreadable(BadRequest):
    """Empty or too long."""

    code = "idempotency.key_unreadable"
    title = "Idempotency-Key 无效"
    next_step = "请使用 1–200 个可见 ASCII 字符，例如一个 UUID。"


def claim(session: Session, *, owner: str, now: datetime) -> Response | None:
    """Take the request's key. Returns the kept answer when the key was used before for the same request."""
    key = request.headers["Idempotency-Key"].strip()
    if not re.fullmatch(rf"[!-~]{{1,{MAX_KEY}}}", key):
        raise KeyUnreadable
    digest = _digest()
    row = {"owner": owner, "key": key, "request_hash": digest, "created_at": now}
    made = insert(session, keys).values(row).on_conflict_do_nothing().returning(keys.c.key)
    if session.execute(made).one_or_none() is not None:
        return None
    kept: Any = session.execute(sa.select(keys).where(keys.c.owner == owner, keys.c.key == key)).one()
    if kept.request_hash != digest:
        raise KeyReused
    body = unseal(kept.body, secret=_secret(), about=f"{owner}/{key}")
    answer = Response(body, status=kept.status, headers=kept.headers)
    answer.headers["Idempotent-Replayed"] = "true"
    return answer


def keep(session: Session, response: Response, *, owner: str) -> None:
    """Keep the answer beside the key, in the same transaction as the work."""
    headers = {n: v for n, v in response.headers.items() if n in ("Content-Type", "ETag", "Location")}
    key = request.headers["Idempotency-Key"].strip()
    # Sealed, since an answer may hold a paper or a secret that is shown only once.
    response.direct_passthrough = False  # a file is read here, to be kept
    body = seal(response.get_data(), secret=_secret(), about=f"{owner}/{key}")
    session.execute(
        sa.update(keys)
        .where(keys.c.owner == owner, keys.c.key == key)
        .values(status=response.status_code, body=body, headers=headers)
    )


def release(session: Session, *, owner: str) -> None:
    """Give the key back: the view answered a failure itself, to have what it noted of it committed."""
    key = request.headers["Idempotency-Key"].strip()
    session.execute(sa.delete(keys).where(keys.c.owner == owner, keys.c.key == key))


def _secret() -> bytes:
    return runtime().settings.secret("kept-answers")


def _digest() -> str:
    """What makes a request the same: method, path, query and body.

    A multipart body differs in its boundary each time, so its parts are hashed instead.
    """
    found = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    if request.mimetype == "multipart/form-data":
        found.update(json.dumps(sorted(request.form.items(multi=True))).encode())
        files = request.files.items(multi=True)
        for name, file in sorted(files, key=lambda part: (part[0], part[1].filename or "")):
            found.update(json.dumps([name, file.filename]).encode())
            found.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
            file.stream.seek(0)
    else:
        found.update(request.get_data(cache=True))
    return found.hexdigest()
