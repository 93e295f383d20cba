"""From a judged entry to the columns of an enrolment."""

from __future__ import annotations

import uuid
from typing import Any

from classroom.roster.models import DocumentCipher
from classroom.roster.rules.entries import Entry
from classroom.roster.rules.names import name_key


def entry_columns(*, entry: Entry, enrolment_id: uuid.UUID, cipher: DocumentCipher) -> dict[str, Any]:
    """The entry with its number sealed (X13)."""
    return {
        **identity_columns(entry=entry, enrolment_id=enrolment_id, cipher=cipher),
        "contact": entry.contact,
    }


def identity_columns(*, entry: Entry, enrolment_id: uuid.UUID, cipher: DocumentCipher) -> dict[str, Any]:
    """What says who somebody is: fixed once they have joined (K9)."""
    return {
        "name": entry.name,
        "name_key": name_key(entry.name),
        "document_type": entry.document_type.value,
        "document_sealed": cipher.seal(entry.document_number, enrolment_id=enrolment_id),
        "document_index": cipher.index(entry.document_number),
        "sex": entry.sex.value,
    }
