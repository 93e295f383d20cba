"""Settings of one process, read from the environment once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ENVIRONMENTS = ("production", "development", "test")
SHORTEST_SECRET = 32
_ORIGIN = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?")


class SettingMissing(RuntimeError):
    """A setting without which the process must not start."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a service's process is told: where its data are, its secret, where the others are."""

    service: str
    env: str
    database_url: str
    secret_key: str = field(repr=False)
    var: Path
    amqp_url: str | None = None
    public_url: str | None = None
    tls: bool = False
    urls: Mapping[str, str] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def from_env(cls, service: str, environ: Mapping[str, str] | None = None) -> Settings:
        """Read `DATABASE_URL_<SERVICE>` (or `DATABASE_URL`), `KAIKE_SECRET_<SERVICE>` (or `KAIKE_SECRET`),
        `KAIKE_ENV`, `KAIKE_VAR`, `AMQP_URL`, `KAIKE_URL_<SERVICE>` and `KAIKE_PUBLIC_URL`.

        Raises SettingMissing with the name of what is missing: there is no default secret.
        """
        env = dict(os.environ if environ is None else environ)
        mode = env.get("KAIKE_ENV", "production")
        if mode not in ENVIRONMENTS:
            raise SettingMissing(f"KAIKE_ENV must be one of {', '.join(ENVIRONMENTS)}, not {mode!r}")
        upper = service.upper()
        secret = env.get(f"KAIKE_SECRET_{upper}") or env.get("KAIKE_SECRET")
        if not secret:
            raise SettingMissing(f"set KAIKE_SECRET_{upper} (or KAIKE_SECRET): there is no default secret")
        if mode == "production" and len(secret) < SHORTEST_SECRET:
            raise SettingMissing(
                f"KAIKE_SECRET_{upper} must have {SHORTEST_SECRET} characters or more: 'kaike secrets' makes them"
            )
        var = Path(env.get("KAIKE_VAR", "var")).absolute()
        database = env.get(f"DATABASE_URL_{upper}") or env.get("DATABASE_URL")
        prefix = "KAIKE_URL_"
        return cls(
            service=service,
            env=mode,
            database_url=with_driver(database or f"sqlite:///{var}/db/{service}.db"),
            secret_key=secret,
            var=var,
            amqp_url=env.get("AMQP_URL") or None,
            public_url=env.get("KAIKE_PUBLIC_URL") or None,
            tls=behind_tls(env),
            urls={n[len(prefix) :].lower(): v.rstrip("/") for n, v in env.items() if n.startswith(prefix)},
            environ=env,
        )

    def secret(self, purpose: str) -> bytes:
        """32 bytes for one purpose, derived from the service's secret: no key is used for two things."""
        return _derive(self.secret_key, f"{self.service}/{purpose}")

    def url_of(self, service: str) -> str:
        """The internal base address of another process, from `KAIKE_URL_<SERVICE>`."""
        try:
            return self.urls[service]
        except KeyError:
            raise SettingMissing(f"set KAIKE_URL_{service.upper()}") from None


def behind_tls(environ: Mapping[str, str]) -> bool:
    """`KAIKE_TLS`, else whether `KAIKE_PUBLIC_URL` says https: cookies of such a site must not go without Secure."""
    said = environ.get("KAIKE_TLS", "").strip().lower()
    if said not in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise SettingMissing(f"KAIKE_TLS must be 1 or 0, not {said!r}")
    if not said:
        return environ.get("KAIKE_PUBLIC_URL", "").lower().startswith("https://")
    return said in {"1", "true", "yes", "on"}


def https_origins(environ: Mapping[str, str], name: str) -> frozenset[str]:
    """The origins that a setting lists, as `https://video.example.com`, separated by commas; none when it is empty.

    Raises SettingMissing for one that is not https or says more than host and port.
    """
    origins = {part.strip().rstrip("/").lower() for part in environ.get(name, "").split(",") if part.strip()}
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingMissing(f"{name} must list origins like https://video.example.com, not {origin!r}")
    return frozenset(origins)


def with_driver(url: str) -> str:
    """The address with psycopg 3 named as its driver: SQLAlchemy takes a plain `postgresql://` for another one."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


@lru_cache(maxsize=64)
def _derive(secret: str, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode()).derive(secret.encode())
