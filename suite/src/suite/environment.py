"""What each process is told: its variables, its secret and its place in ``var/``."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from suite.parts import DOORS, SERVICES, variable

DEFAULT_PORT = 8000
LONGEST_PATH = 100


class SettingWrong(Exception):
    """A variable that cannot be used; the text says which and why."""


def read_env_file(folder: Path) -> None:
    """Take over what ``.env`` says and the environment does not."""
    file = folder / ".env"
    if not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.strip().partition("=")
        if separator and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("'\""))


def port() -> int:
    """The public port, from ``KAIKE_PORT``.

    Raises:
        SettingWrong: it is not a port's number.
    """
    said = os.environ.get("KAIKE_PORT") or str(DEFAULT_PORT)
    if not said.isdigit() or not 0 < int(said) < 65536:
        raise SettingWrong(f"KAIKE_PORT must be a number from 1 to 65535, not {said!r}")
    return int(said)


def var_folder() -> Path:
    """The folder with everything that a running suite keeps, from ``KAIKE_VAR``; made when it is not there."""
    folder = Path(os.environ.get("KAIKE_VAR") or "var").absolute()
    try:
        for part in ("db", "log"):
            (folder / part).mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SettingWrong(f"KAIKE_VAR: {folder} cannot be made or written ({problem.strerror})") from problem
    return folder


def kept_secrets(folder: Path) -> dict[str, str]:
    """One secret per service, made on the first start and kept where only its owner may read it."""
    file = folder / "secrets.json"
    kept: dict[str, str] = json.loads(file.read_text(encoding="ascii")) if file.exists() else {}
    missing = [name for name in SERVICES if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(32) for name in missing}
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as output:
            json.dump(kept, output, indent=1)
    return kept


@contextmanager
def own_secret(name: str) -> Iterator[None]:
    """On a machine that ``kaike run`` has used, commands find the same secret that the service has."""
    given = {"KAIKE_SECRET", f"KAIKE_SECRET_{variable(name)}"} & os.environ.keys()
    before = dict(os.environ)
    if not given and os.environ.get("KAIKE_ENV") != "production":
        os.environ["KAIKE_SECRET"] = kept_secrets(var_folder())[name]
        os.environ["KAIKE_ENV"] = os.environ.get("KAIKE_ENV") or "development"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def fresh_secrets() -> dict[str, str]:
    """Everything secret that docker-compose.yml asks for."""
    names = [f"KAIKE_SECRET_{variable(name)}" for name in SERVICES]
    names += ["POSTGRES_PASSWORD", "RABBITMQ_PASSWORD", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"]
    return {name: secrets.token_hex(24) for name in names}


def variables_of(
    name: str, *, folder: Path, ports: Mapping[str, int], kept: Mapping[str, str]
) -> dict[str, str]:
    """The variables of one process of ``kaike run`` ("part/kind"), on top of what the user set."""
    public = ports["gateway"]
    told = {
        "KAIKE_ENV": os.environ.get("KAIKE_ENV") or "development",
        "KAIKE_VAR": str(folder),
        "KAIKE_PORT": str(public),
        "KAIKE_PUBLIC_URL": os.environ.get("KAIKE_PUBLIC_URL") or f"http://127.0.0.1:{public}",
        "KAIKE_PROCESS": name,
        # One address for all would put six services into one database; only DATABASE_URL_<SERVICE> counts here.
        "DATABASE_URL": "",
    }
    told |= {f"KAIKE_URL_{variable(door)}": f"http://127.0.0.1:{ports[door]}" for door in DOORS}
    service = DOORS[name.split("/")[0]].service
    if service is not None:
        told["KAIKE_SECRET"] = os.environ.get(f"KAIKE_SECRET_{variable(service)}") or kept[service]
    return told
