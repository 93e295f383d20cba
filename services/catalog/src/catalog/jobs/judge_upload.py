"""C10: put the parts of a finished upload together and judge what they are."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from typing import Any

from chassis import clock
from chassis.db import is_away
from chassis.errors import Failure, Unavailable
from chassis.jobs import Work
from chassis.jobs.loop import MOST_ATTEMPTS
from chassis.jobs.work import JobLost
from files import Store, store_from_settings
from sqlalchemy.orm import Session

from catalog.actions import judge_upload as judging
from catalog.models import Upload
from catalog.rules.uploads import MediaKind


class NotJudged(Failure):
    """We could not find out what it is, though we tried several times: a fault of ours, or a very odd file."""

    code = "catalog.media.not_judged"
    title = "文件检查失败"
    next_step = "请另存或重新转码后再上传；若仍不成功，请联系客服。"


def judge_upload(work: Work) -> dict[str, Any]:
    """The handler: reads the parts, judges them by content, keeps the file. Bears being run again."""
    store = store_from_settings(work.settings)
    with work.transaction() as session:
        upload = _upload(session, work)
        keys = [part.key for part in upload.parts]
        media_id, kind = upload.media_id, MediaKind(upload.kind)
    assert media_id is not None, "a finished upload has its medium"
    if not keys:  # an earlier run got as far as committing its verdict
        return {"media_id": str(media_id)}
    if work.job.attempts > MOST_ATTEMPTS:  # whoever looked at it died of it, and more than once
        _refuse(work, media_id, NotJudged(), store=store)
        return {"media_id": str(media_id), "state": "refused"}
    try:
        key, facts = _judged(work, keys, kind=kind, store=store)
    except JobLost:
        raise
    except Exception as error:
        # What is said of the file is its verdict. A store or a database that is away says nothing of it.
        if isinstance(error, Failure) and not isinstance(error, Unavailable):
            _refuse(work, media_id, error, store=store)
            return {"media_id": str(media_id), "state": "refused"}
        if work.job.attempts >= MOST_ATTEMPTS and not _is_away(error):
            _refuse(work, media_id, NotJudged(), store=store)
        raise
    with work.transaction() as session:
        accepted = judging.accept(session, media_id, key=key, facts=facts, now=clock.now())
        judging.drop_parts(session, _upload(session, work), store=store)
    if not accepted:  # another run was quicker: its file is the one that is kept
        store.delete(key)
    return {"media_id": str(media_id), "state": "ready"}


def _is_away(error: Exception) -> bool:
    return isinstance(error, Unavailable) or is_away(error)


def _judged(work: Work, keys: list[str], *, kind: MediaKind, store: Store) -> tuple[str, dict[str, Any]]:
    """Put the parts together, judge them, and keep the whole: its key and its facts."""
    with tempfile.TemporaryFile() as file:
        for place, chunk in enumerate(_bytes_of(store, keys)):
            file.write(chunk)
            if place % 256 == 255:
                work.progress(50)  # and with it the lease of the job
        file.seek(0)
        facts = judging.judged(file, kind=kind)
        work.progress(80)
        file.seek(0)
        return store.put(file, content_type=facts["content_type"], prefix="catalog/media"), facts


def _refuse(work: Work, media_id: uuid.UUID, failure: Failure, *, store: Store) -> None:
    with work.transaction() as session:
        judging.refuse(session, media_id, failure=failure, now=clock.now())
        judging.drop_parts(session, _upload(session, work), store=store)


def _upload(session: Session, work: Work) -> Upload:
    return session.get_one(Upload, uuid.UUID(work.job.args["upload_id"]))


def _bytes_of(store: Store, keys: list[str]) -> Iterator[bytes]:
    for key in keys:
        yield from store.open(key)
