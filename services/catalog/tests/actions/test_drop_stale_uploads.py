"""C10: uploads that nobody goes on with."""

from datetime import timedelta

from catalog import testing
from catalog.actions.add_part import add_part
from catalog.actions.drop_stale_uploads import drop_stale_uploads
from catalog.models import Upload, UploadPart
from chassis.ids import new_id
from files import FolderStore


def test_after_a_day_an_unfinished_upload_is_given_up_with_its_bytes(session, tmp_path) -> None:
    store, who = FolderStore(tmp_path), new_id()
    left, finished = testing.upload(session, by=who), testing.upload(session, by=who, size=4)
    for upload in (left, finished):
        add_part(session, upload.id, account_id=who, offset=0, data=b"0123", store=store, now=testing.NOW)
    assert drop_stale_uploads(session, store=store, now=testing.NOW + timedelta(hours=23)) == 0
    assert drop_stale_uploads(session, store=store, now=testing.NOW + timedelta(hours=25)) == 1
    session.expire_all()
    assert session.get(Upload, left.id) is None
    assert session.get(Upload, finished.id) is not None
    assert [part.upload_id for part in session.query(UploadPart)] == [finished.id]
