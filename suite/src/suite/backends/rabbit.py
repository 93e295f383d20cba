"""A private RabbitMQ node."""

import atexit
import functools
import os
import secrets
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from suite.backends.errors import BackendMissing
from suite.backends.process import Program, free_port, private_folder, remove_folder, unprivileged

FOLDERS = "/usr/lib/rabbitmq/bin", "/usr/local/sbin", "/opt/homebrew/sbin", "/usr/sbin"


class LocalRabbit:
    """A node of its own in a temporary folder with a port mapper of its own; ``url`` is its AMQP address.

    Tests may ``kill()`` and ``start()`` it, ``freeze()`` and ``thaw()`` it, and ask it things with ``ctl()``.
    """

    def __init__(self) -> None:
        self.bin = _binaries()
        self.user = unprivileged("rabbitmq")
        self.port, self.mapper_port, self.dist_port = free_port(), free_port(), free_port()
        self.home = private_folder(self.user)
        atexit.register(remove_folder, self.home)
        self.node = f"kaike{os.getpid()}x{self.port}@localhost"
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self._configure()
        # The node would start a port mapper that outlives it: ours runs in the foreground and ends with us.
        self.mapper = Program(
            [_epmd(), "-port", str(self.mapper_port), "-address", "127.0.0.1"],
            environment=self._environment(),
            user=self.user,
            home=self.home,
            log=self.home / "epmd.log",
        )
        self.mapper.wait_until(lambda: _listens(self.mapper_port), seconds=10)
        self.start()

    @classmethod
    @functools.cache
    def shared(cls) -> str:
        """The address of the one that this process's tests share."""
        return cls().url

    def _configure(self) -> None:
        files = {
            "rabbitmq.conf": f"listeners.tcp.1 = 127.0.0.1:{self.port}\nlog.console.level = warning\n"
            "disk_free_limit.absolute = 50MB\nvm_memory_high_watermark.relative = 0.4\n",
            "enabled_plugins": "[].\n",
            ".erlang.cookie": secrets.token_hex(10),
        }
        for name, text in files.items():
            path = self.home / name
            path.write_text(text, encoding="ascii")
            path.chmod(0o600)
            if self.user:
                shutil.chown(path, self.user)

    def _environment(self) -> dict[str, str]:
        home = str(self.home)
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": home,
            "LC_ALL": "C.UTF-8",
            # Lets the script become the node instead of watching over it: a killed node is a killed process.
            "RUNNING_UNDER_SYSTEMD": "1",
            "ERL_EPMD_PORT": str(self.mapper_port),
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_DIST_PORT": str(self.dist_port),
            "RABBITMQ_CONFIG_FILE": f"{home}/rabbitmq.conf",
            "RABBITMQ_CONF_ENV_FILE": f"{home}/none",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{home}/enabled_plugins",
            "RABBITMQ_MNESIA_BASE": f"{home}/mnesia",
            "RABBITMQ_LOG_BASE": f"{home}/log",
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_PID_FILE": f"{home}/pid",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none +sbwtdcpu none +sbwtdio none +S 2:2",
        }

    def start(self) -> None:
        """Start the node (again) on the same port with the same data, and wait until it takes connections."""
        self.program = Program(
            [str(self.bin / "rabbitmq-server")],
            environment=self._environment(),
            user=self.user,
            home=self.home,
            log=self.home / "rabbit.log",
        )
        self.program.wait_until(self._greets, seconds=90)

    def _greets(self) -> bool:
        """Whether the port speaks AMQP: an unknown protocol header is answered with the right one."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as door:
                door.sendall(b"AMQP\x09\x09\x09\x09")
                return door.recv(8).startswith(b"AMQP")
        except OSError:
            return False

    def ctl(self, *arguments: str) -> str:
        """Run ``rabbitmqctl`` against the node and return what it prints."""
        command = [str(self.bin / "rabbitmqctl"), "--quiet", *arguments]
        done = subprocess.run(
            command,
            cwd=self.home,
            env=self._environment(),
            user=self.user,
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def settle(self) -> None:
        """Write the node's own list of its queues to disk.

        RabbitMQ 3.10 does so only now and then: a quorum queue made just before a crash never comes back, and would
        hide what a test that kills the node looks at.
        """
        self.ctl("eval", "[ok = dets:sync(Table) || Table <- dets:all()].")

    def kill(self) -> None:
        """End the node at once, as a crash would; ``start()`` brings it back with its durable data."""
        self.program.kill()

    def freeze(self) -> None:
        """Stop the node where it stands."""
        self.program.freeze()

    def thaw(self) -> None:
        """Let a frozen node go on."""
        self.program.thaw()

    def close(self) -> None:
        """Stop the node and its port mapper and remove its folder."""
        self.program.stop(sign=signal.SIGTERM)
        self.mapper.kill()
        remove_folder(self.home)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _binaries() -> Path:
    """The folder of RabbitMQ's own scripts; Debian's wrappers of the same name switch users."""
    for name in FOLDERS:
        if (Path(name) / "rabbitmq-server").exists() and (Path(name) / "rabbitmqctl").exists():
            return Path(name)
    raise BackendMissing("the programs of RabbitMQ are not on this machine")


def _epmd() -> str:
    found = shutil.which("epmd")
    for candidate in sorted(Path("/usr/lib/erlang").glob("erts-*/bin/epmd")):
        found = found or str(candidate)
    if not found:
        raise BackendMissing("epmd of Erlang is not on this machine")
    return found
