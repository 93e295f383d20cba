"""The table of signing keys: the private half sealed with the service's secret."""

from __future__ import annotations

import os

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.db.columns import UtcDateTime

signing_keys = sa.Table(
    "signing_keys",
    sa.MetaData(),
    sa.Column("kid", sa.String(40), primary_key=True),
    sa.Column("sealed_private", sa.LargeBinary, nullable=False),
    sa.Column("public", sa.JSON, nullable=False),
    sa.Column("active_from", UtcDateTime, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)


def seal(data: bytes, *, secret: bytes, about: str) -> bytes:
    """AES-256-GCM, bound to `about` so that one sealed value cannot stand in for another."""
    nonce = os.urandom(12)
    return nonce + AESGCM(secret).encrypt(nonce, data, about.encode())


def unseal(data: bytes, *, secret: bytes, about: str) -> bytes:
    """The value sealed before; raises InvalidTag for anything else."""
    return AESGCM(secret).decrypt(data[:12], data[12:], about.encode())
