"""Keyed hashes: what must be recognised again but never read back from the database."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def fingerprint(key: bytes, *parts: str) -> str:
    """HMAC-SHA256 as 64 hex digits. For what could be guessed: codes, addresses, typed names."""
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def fresh_token() -> str:
    """256 random bits for a refresh token or a client secret."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256 as 64 hex digits: enough for 256 random bits, which nobody guesses."""
    return hashlib.sha256(token.encode()).hexdigest()
