"""Installing a server's package on Debian and Ubuntu, when the process is root."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from suite.backends.errors import BackendMissing

# The package starts a server of its own after installing; the tests want a private one, so that is refused beforehand.
POLICY = Path("/usr/sbin/policy-rc.d")


def debian_package(package: str) -> None:
    """Install ``package`` with apt-get without letting it start its system service.

    Raises:
        BackendMissing: this is not Debian or Ubuntu, the process is not root, or apt-get failed.
    """
    if shutil.which("apt-get") is None:
        raise BackendMissing("this is not Debian or Ubuntu, so nothing could be installed")
    if os.geteuid() != 0:
        raise BackendMissing("only root may install packages")
    print(f"Installing {package} with apt-get (once)", file=sys.stderr, flush=True)
    ours = _refuse_autostart()
    try:
        _apt("update")
        _apt("install", "--yes", "--no-install-recommends", package)
    finally:
        if ours:
            POLICY.unlink()


def _refuse_autostart() -> bool:
    if POLICY.exists():
        return False
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
    POLICY.chmod(0o755)
    return True


def _apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", "-q", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise BackendMissing(f"apt-get {arguments[0]} failed: {' '.join(reason)}")
