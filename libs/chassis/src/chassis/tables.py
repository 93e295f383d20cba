"""The chassis' own tables, given to every service's metadata so that its migrations make them."""

from __future__ import annotations

import sqlalchemy as sa

from chassis import idempotency_table, revocations
from chassis.jobs import model as jobs
from chassis.papers import keys

OWN = (idempotency_table.keys, revocations.access_revocations, jobs.jobs, jobs.leases, keys.signing_keys)


def attach_tables(metadata: sa.MetaData) -> None:
    """Copy the definitions; queries go on using the originals, whose names are the same."""
    for table in OWN:
        if table.name not in metadata.tables:
            table.to_metadata(metadata)
