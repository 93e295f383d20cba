"""A voucher's image stays as long as its row, and goes when it never got one."""

import os

from billing import testing
from billing.actions.keep_voucher import keep_voucher
from billing.app import SERVICE
from billing.rules.sources import Source
from chassis.db import transaction
from chassis.ids import new_id
from chassis.jobs.periodic import run_periodic
from files import FolderStore
from files.sweeping import shelf_at
from files.testing import keys_in, sweep_everything, sweeper_of


def kept(session, store) -> str:
    return keep_voucher(
        session,
        store=store,
        image=testing.picture(),
        provider_id=new_id(),
        uploaded_by=new_id(),
        source=Source.request("a-request"),
        now=testing.NOW,
    ).key


def test_only_images_without_a_voucher_go(session, tmp_path) -> None:
    store = FolderStore(tmp_path)
    voucher = kept(session, store)
    _lost, young = (store.put(b"x", content_type="image/png", prefix="vouchers") for _ in range(2))
    left = sweep_everything(
        sweeper_of(SERVICE.periodic), session, folder=tmp_path, young={young}, now=testing.NOW
    )
    assert left == {voucher, young}


def test_the_worker_sweeps_what_a_transaction_left_that_was_rolled_back(
    committed, service, clock, monkeypatch
) -> None:
    folder = committed.settings.var / "files"
    for name, value in (("ENV", "test"), ("SECRET", "s" * 40), ("FILES", str(folder))):
        monkeypatch.setenv(f"KAIKE_{name}", value)
    store, (work,) = FolderStore(folder), service.periodic
    with committed.sessions() as session, transaction(session):
        voucher = kept(session, store)
    with committed.sessions() as session:
        lost = kept(session, store)  # and the process dies
    for key in (voucher, lost):
        os.utime(folder / key, times=(0, 0))
    while keys_in(folder) == {voucher, lost}:
        swept = shelf_at(clock.advance(seconds=work.seconds))
        assert run_periodic(work, committed.sessions, clock.now)
    assert keys_in(folder) == {voucher}
    assert swept == lost.split("/")[1]
