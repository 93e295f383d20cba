"""A marked file that never got its row does not lie about for ever."""

from classroom.app import SERVICE
from classroom.roster.actions.marked_files import keep_marked
from classroom.roster.models import MarkedFile
from files import FolderStore, Links
from files.judging.spreadsheet import XLSX
from files.testing import sweep_everything, sweeper_of


def test_only_marked_files_without_a_row_go(session, draft, clock, tmp_path) -> None:
    store, links = FolderStore(tmp_path), Links(b"l" * 32)
    keep_marked(session, class_id=draft.id, data=b"x", store=store, links=links, now=clock.now)
    marked = session.query(MarkedFile).one().store_key
    young = store.put(b"x", content_type=XLSX, prefix="roster-marked")
    for _ in range(12):  # more than a few: they are no sign of a wrong database
        store.put(b"x", content_type=XLSX, prefix="roster-marked")
    left = sweep_everything(
        sweeper_of(SERVICE.periodic), session, folder=tmp_path, young={young}, now=clock.now
    )
    assert left == {marked, young}
