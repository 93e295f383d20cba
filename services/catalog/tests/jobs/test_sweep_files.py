"""C10: a file stays as long as its medium or its upload knows it, and goes when nobody does."""

import io

from catalog import testing
from catalog.actions.add_cover import add_cover
from catalog.actions.add_part import add_part
from catalog.actions.judge_upload import accept
from catalog.app import SERVICE
from catalog.models import UploadPart
from chassis.ids import new_id
from files import FolderStore
from files.testing import sweep_everything, sweeper_of
from PIL import Image


def test_only_files_without_a_medium_or_a_part_go(session, tmp_path) -> None:
    store, who, owner = FolderStore(tmp_path), new_id(), testing.provider(session).provider_id
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    picture.seek(0)
    about = {"account_id": who, "store": store, "now": testing.NOW}
    cover = add_cover(session, owner=owner, name="封面", stream=picture, **about).key
    upload = testing.upload(session, by=who)
    add_part(session, upload.id, offset=0, data=b"0123", **about)
    part = session.query(UploadPart).one().key
    judged = store.put(b"x", content_type="video/mp4", prefix="catalog/media")
    video = testing.medium(session, state="processing", key=None)
    assert accept(session, video.id, key=judged, facts={"seconds": 6}, now=testing.NOW)
    lost = [
        store.put(b"x", content_type="video/mp4", prefix=f"catalog/{each}") for each in ("media", "parts")
    ]
    young = [
        store.put(b"x", content_type="video/mp4", prefix=f"catalog/{each}") for each in ("media", "parts")
    ]
    left = sweep_everything(
        sweeper_of(SERVICE.periodic), session, folder=tmp_path, young=young, now=testing.NOW
    )
    assert left == {cover, part, judged, *young}
    assert not left & set(lost)


def test_all_parts_of_an_upload_that_a_crash_left_behind_go(session, tmp_path) -> None:
    """Their rows went with the verdict, and the process died before their bytes did."""
    store = FolderStore(tmp_path)
    for _ in range(30):
        store.put(b"x", content_type="application/octet-stream", prefix="catalog/parts")
    sweeper = sweeper_of(SERVICE.periodic)
    assert sweep_everything(sweeper, session, folder=tmp_path, now=testing.NOW) == set()
