"""Files with document numbers in them do not lie about."""

from datetime import timedelta

import pytest
from chassis.errors import Failure
from classroom.roster.actions.marked_files import keep_marked, read_marked, remove_expired
from classroom.roster.models import MarkedFile
from classroom.testing import a_draft
from files import FolderStore, Links


def test_an_expired_file_is_removed_and_a_fresh_one_stays(session, world, clock, tmp_path):
    store, links = FolderStore(tmp_path), Links(b"l" * 32)
    draft = a_draft(session, world, now=clock.now)
    about = {"class_id": draft.id, "store": store, "links": links}
    keep_marked(session, **about, data=b"old", now=clock.now)
    later = clock.now + timedelta(minutes=20)
    token = keep_marked(session, **about, data=b"fresh", now=later)
    assert remove_expired(session, store=store, now=clock.now + timedelta(minutes=30)) == 1
    assert session.query(MarkedFile).count() == 1
    assert read_marked(session, token=token, store=store, links=links, now=later) == b"fresh"
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1
    with pytest.raises(Failure):
        read_marked(session, token=token, store=store, links=links, now=later + timedelta(hours=1))
