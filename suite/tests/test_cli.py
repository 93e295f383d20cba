"""The command line: help for everything, one sentence for what goes wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from suite.cli import main

COMMANDS = sorted(main.commands)
KAIKE = str(Path(sys.executable).parent / "kaike")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Usage:")


def test_an_unknown_part_is_refused_with_the_known_ones():
    done = CliRunner().invoke(main, ["web", "kitchen"])
    assert done.exit_code == 2
    assert "billing" in done.output


@pytest.mark.parametrize("arguments", [["status"], ["stop"], ["restart", "billing"]])
def test_without_a_running_suite_a_sentence_says_so(arguments, tmp_path, monkeypatch):
    monkeypatch.setenv("KAIKE_VAR", str(tmp_path / "var"))
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    assert "make run" in done.output


def test_a_worker_without_a_secret_says_what_is_missing(tmp_path):
    told = {"PATH": "/usr/bin:/bin", "KAIKE_VAR": str(tmp_path)}
    command = [KAIKE, "worker", "billing"]
    done = subprocess.run(command, env=told, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "KAIKE_SECRET_BILLING" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrating_twice_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("KAIKE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("KAIKE_ENV", raising=False)
    first = CliRunner().invoke(main, ["migrate", "billing"])
    second = CliRunner().invoke(main, ["migrate", "billing"])
    assert first.exit_code == 0, first.output
    assert first.output == second.output


def test_one_address_for_all_databases_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("KAIKE_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/one.db")
    done = CliRunner().invoke(main, ["migrate"])
    assert done.exit_code == 2
    assert "DATABASE_URL_<SERVICE>" in done.output
    assert not (tmp_path / "one.db").exists()


def test_keys_of_a_service_that_signs_nothing_cannot_be_rotated(tmp_path, monkeypatch):
    monkeypatch.setenv("KAIKE_VAR", str(tmp_path / "var"))
    done = CliRunner().invoke(main, ["keys", "rotate", "billing"])
    assert done.exit_code == 1
    assert "signs no papers" in done.output


def test_keys_are_rotated(tmp_path, monkeypatch):
    monkeypatch.setenv("KAIKE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("KAIKE_ENV", raising=False)
    assert CliRunner().invoke(main, ["migrate", "identity"]).exit_code == 0
    first = CliRunner().invoke(main, ["keys", "rotate", "identity"])
    second = CliRunner().invoke(main, ["keys", "rotate", "identity"])
    assert first.exit_code == second.exit_code == 0, first.output + second.output
    assert first.output != second.output


def test_fresh_secrets_are_printed_as_lines_for_an_env_file():
    done = CliRunner().invoke(main, ["secrets"])
    lines = dict(line.split("=") for line in done.output.split())
    assert len(lines["KAIKE_SECRET_EXAM"]) >= 32
    assert len(set(lines.values())) == len(lines)
