"""A private PostgreSQL."""

import atexit
import functools
import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from suite.backends.errors import BackendMissing, StartFailed
from suite.backends.process import Program, free_port, private_folder, remove_folder, unprivileged

FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}

# A killed process loses nothing without these: what was written is in the system's cache. Only a power cut would.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}


class LocalPostgres:
    """A cluster of its own in a temporary folder; ``url`` is the address of its superuser.

    It never runs as root: a root process hands it to the user ``postgres`` or ``nobody``. ``durable=True`` keeps
    PostgreSQL's own settings, for measurements of what a commit costs.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self.bin = _binaries()
        self.user = unprivileged("postgres")
        self.port = free_port()
        self.settings = SETTINGS if durable else SETTINGS | NOT_DURABLE
        self.home = private_folder(self.user)
        atexit.register(remove_folder, self.home)
        self.data = self.home / "data"
        password = secrets.token_urlsafe(12)
        self.url = f"postgresql://kaike:{password}@127.0.0.1:{self.port}/postgres"
        self._init(password)
        self.start()

    @classmethod
    @functools.cache
    def shared(cls) -> str:
        """The address of the one that this process's tests share."""
        return cls().url

    def _init(self, password: str) -> None:
        secret = self.home / "password"
        secret.write_text(password, encoding="ascii")
        if self.user:
            shutil.chown(secret, self.user)
        command = [
            str(self.bin / "initdb"),
            "--pgdata",
            str(self.data),
            "--username",
            "kaike",
            "--auth",
            "password",
        ]
        command += ["--pwfile", str(secret), "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        done = subprocess.run(
            command,
            cwd=self.home,
            env=self._environment(),
            user=self.user,
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
            check=False,
        )
        secret.unlink()
        if done.returncode != 0:
            raise StartFailed(f"initdb failed: {done.stderr.strip()}")

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self.home), "LC_ALL": "C.UTF-8"}

    def start(self) -> None:
        """Start it (again) on the same port with the same data."""
        settings = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        self.program = Program(
            [*command, "-c", f"unix_socket_directories={self.home}", *settings],
            environment=self._environment(),
            user=self.user,
            home=self.home,
            log=self.home / "postgres.log",
            when_orphaned=signal.SIGQUIT,
        )
        self.program.wait_until(self._accepts, seconds=30)

    def _accepts(self) -> bool:
        command = [str(self.bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def restart(self) -> None:
        """Break all connections and come back, as an upgrade at night would."""
        self.program.stop(sign=signal.SIGINT)
        self.start()

    def close(self) -> None:
        """Stop it and remove its folder."""
        self.program.stop(sign=signal.SIGINT)
        remove_folder(self.home)


def _binaries() -> Path:
    """The folder of the newest PostgreSQL programs of this machine."""
    found = [
        folder
        for pattern in FOLDERS
        for folder in Path("/").glob(pattern[1:])
        if (folder / "initdb").exists()
    ]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    if not found:
        raise BackendMissing("the programs of PostgreSQL are not on this machine")
    return max(found, key=_version)


def _version(folder: Path) -> int:
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    digits = "".join(letter if letter.isdigit() else " " for letter in said).split()
    return int(digits[0]) if digits else 0
