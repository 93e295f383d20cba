"""Settings of the gateway and of edge-media, read from the environment once. Neither has a database or a secret."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from chassis.config import ENVIRONMENTS, SettingMissing, Settings, behind_tls, https_origins
from chassis.contracts import contracts_folder

SERVICES = ("identity", "catalog", "classroom", "supervision", "exam", "billing")
# What processes of their own answer, so that it runs, scales and fails apart from the rest of its service (S8): the
# service and the first word below its path → the name of the address. Without such an address the service answers it.
APART = {("supervision", "photos"): "supervision_photos"}
Network = IPv4Network | IPv6Network

# Per client address. Generous, since a whole school may stand behind one: the services count wrong tries
# per account themselves; these limits only keep a flood away from them.
RATES = {
    "sign_in": "600 per minute",
    "sms": "120 per minute",
    "join": "600 per minute",
    "client_error": "600 per minute",
}


@dataclass(frozen=True, kw_only=True)
class EdgeSettings:
    """Where the services are, whom to believe about the client's address, and the limits."""

    env: str
    urls: Mapping[str, str]
    var: Path
    contracts: Path
    pages: Path | None = None
    tls: bool = False
    trusted_proxies: tuple[Network, ...] = ()
    media_public_url: str | None = None
    media_origins: frozenset[str] = frozenset()
    """Other sites whose videos and documents may be linked (C10)."""
    media_streams: int = 32
    bodies_at_once: int = 32
    answers_at_once: int = 16
    streams_at_once: int = 64
    sign_ins_at_once: int = 8
    sign_in_line: int = 80
    service_room: int = 64
    large_bodies: int = 8
    apart_share: int = 512
    metrics_token: str | None = None
    connect_seconds: float = 2.0
    read_seconds: float = 60.0
    idle_seconds: float = 10.0
    pool_size: int = 64
    rates: Mapping[str, str] = field(default_factory=lambda: dict(RATES))
    rate_storage: str = "memory://"
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> EdgeSettings:
        """Read `KAIKE_ENV`, `KAIKE_URL_<SERVICE>`, `KAIKE_TLS`, `KAIKE_TRUSTED_PROXIES`, `KAIKE_PAGES`,
        `KAIKE_MEDIA_ORIGINS` and `KAIKE_EDGE_*`.

        Raises SettingMissing when a value cannot be read.
        """
        env = dict(os.environ if environ is None else environ)
        mode = env.get("KAIKE_ENV", "production")
        if mode not in ENVIRONMENTS:
            raise SettingMissing(f"KAIKE_ENV must be one of {', '.join(ENVIRONMENTS)}, not {mode!r}")
        prefix = "KAIKE_URL_"
        return cls(
            env=mode,
            urls={
                n[len(prefix) :].lower(): v.rstrip("/") for n, v in env.items() if n.startswith(prefix) and v
            },
            var=Path(env.get("KAIKE_VAR", "var")).absolute(),
            contracts=Path(env["KAIKE_CONTRACTS"]) if env.get("KAIKE_CONTRACTS") else contracts_folder(),
            pages=_pages(env),
            tls=behind_tls(env),
            trusted_proxies=_networks(env.get("KAIKE_TRUSTED_PROXIES", "")),
            media_public_url=(env.get("KAIKE_EDGE_MEDIA_PUBLIC_URL") or "").rstrip("/") or None,
            media_origins=https_origins(env, "KAIKE_MEDIA_ORIGINS"),
            media_streams=int(_number(env, "KAIKE_EDGE_MEDIA_STREAMS", _threads(env) // 3)),
            bodies_at_once=int(_number(env, "KAIKE_EDGE_BODIES", _threads(env) // 3)),
            streams_at_once=int(_most_threads(env)),
            answers_at_once=int(_number(env, "KAIKE_EDGE_ANSWERS", _threads(env) // 6)),
            sign_ins_at_once=int(_number(env, "KAIKE_SIGN_INS_AT_ONCE", 8)),
            sign_in_line=int(_number(env, "KAIKE_EDGE_SIGN_IN_LINE", _most_threads(env))),
            service_room=int(_number(env, "KAIKE_EDGE_SERVICE_ROOM", 64)),
            large_bodies=int(_number(env, "KAIKE_EDGE_LARGE_BODIES", 8)),
            apart_share=int(_number(env, "KAIKE_EDGE_APART_SHARE", _most_threads(env))),
            metrics_token=env.get("KAIKE_METRICS_TOKEN") or None,
            connect_seconds=_number(env, "KAIKE_EDGE_CONNECT_SECONDS", 2.0),
            read_seconds=_number(env, "KAIKE_EDGE_READ_SECONDS", 60.0),
            idle_seconds=_number(env, "KAIKE_EDGE_IDLE_SECONDS", 10.0),
            pool_size=int(_number(env, "KAIKE_EDGE_POOL_SIZE", 64)),
            rates={
                name: env.get(f"KAIKE_EDGE_RATE_{name.upper()}") or usual for name, usual in RATES.items()
            },
            rate_storage=env.get("KAIKE_EDGE_RATE_STORAGE") or "memory://",
            environ=env,
        )

    def for_chassis(self, name: str) -> Settings:
        """What the chassis' logs and papers want to know. No database and no secret: the edge has neither."""
        return Settings(
            service=name,
            env=self.env,
            database_url="",
            secret_key="",
            var=self.var,
            tls=self.tls,
            urls=self.urls,
            environ=self.environ,
        )


def _pages(env: Mapping[str, str]) -> Path | None:
    """The built pages: as said, or frontend/dist of the checkout that this code runs from."""
    if env.get("KAIKE_PAGES"):
        return Path(env["KAIKE_PAGES"]).absolute()
    here = Path(__file__).resolve()
    found = [parent / "frontend" for parent in here.parents if (parent / "gateway").is_dir()]
    return found[0] / "dist" if found else None


def _most_threads(env: Mapping[str, str]) -> float:
    """How many may wait for one thing, such as signing in: a fifth of the threads is left for everybody else."""
    return max(1, _threads(env) * 4 // 5)


def _threads(env: Mapping[str, str]) -> float:
    """The threads of this process. Media and bodies that come slowly have a third of them each, large answers a sixth:
    together they leave a sixth to all others."""
    return max(6, _number(env, "KAIKE_WEB_THREADS", 100))


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingMissing(f"KAIKE_TRUSTED_PROXIES must be addresses or networks: {error}") from error


def _number(env: Mapping[str, str], name: str, usual: float) -> float:
    try:
        found = float(env.get(name) or usual)
    except ValueError:
        raise SettingMissing(f"{name} must be a number, not {env[name]!r}") from None
    if found <= 0:
        raise SettingMissing(f"{name} must be more than 0")
    return found
