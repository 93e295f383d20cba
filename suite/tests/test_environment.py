"""What the processes are told."""

import pytest
from suite.environment import SettingWrong
from suite.parts import DOORS, SERVICES

from suite import environment

SECRETS = {name: f"kept for {name}" for name in SERVICES}


@pytest.fixture
def ports():
    return {name: 9000 + number for number, name in enumerate(DOORS)}


@pytest.mark.parametrize("said", ["0", "65536", "-1", "eighty", "80.0"])
def test_a_wrong_port_is_refused_by_name(monkeypatch, said):
    monkeypatch.setenv("KAIKE_PORT", said)
    with pytest.raises(SettingWrong, match="KAIKE_PORT"):
        environment.port()


def test_the_port_is_8000_when_nobody_says_otherwise(monkeypatch):
    monkeypatch.delenv("KAIKE_PORT", raising=False)
    assert environment.port() == 8000


def test_a_folder_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("KAIKE_VAR", str(tmp_path / "file" / "var"))
    with pytest.raises(SettingWrong, match="KAIKE_VAR"):
        environment.var_folder()


def test_each_service_has_a_secret_of_its_own_that_stays(tmp_path):
    first = environment.kept_secrets(tmp_path)
    assert set(first) == set(SERVICES)
    assert len(set(first.values())) == len(SERVICES)
    assert environment.kept_secrets(tmp_path) == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_process_knows_where_the_others_are(tmp_path, ports):
    told = environment.variables_of("billing/web", folder=tmp_path, ports=ports, kept=SECRETS)
    assert told["KAIKE_URL_IDENTITY"] == f"http://127.0.0.1:{ports['identity']}"
    assert told["KAIKE_URL_EDGE_MEDIA"] == f"http://127.0.0.1:{ports['edge-media']}"
    assert told["KAIKE_PORT"] == str(ports["gateway"])


def test_a_secret_from_the_environment_counts_more(monkeypatch, tmp_path, ports):
    monkeypatch.setenv("KAIKE_SECRET_BILLING", "given")
    told = environment.variables_of("billing/worker", folder=tmp_path, ports=ports, kept=SECRETS)
    assert told["KAIKE_SECRET"] == "given"


def test_one_address_for_all_databases_does_not_reach_the_processes(monkeypatch, tmp_path, ports):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody-elses/database")
    told = environment.variables_of("exam/web", folder=tmp_path, ports=ports, kept=SECRETS)
    assert not told["DATABASE_URL"]


@pytest.mark.parametrize("door", ["gateway", "edge-media"])
def test_the_edge_gets_no_secret(tmp_path, ports, door):
    told = environment.variables_of(f"{door}/web", folder=tmp_path, ports=ports, kept=SECRETS)
    assert "KAIKE_SECRET" not in told


def test_every_process_of_a_service_has_its_secret(monkeypatch, tmp_path, ports):
    for name in ("supervision/prepare", "supervision/web", "supervision/worker", "supervision-photos/web"):
        told = environment.variables_of(name, folder=tmp_path, ports=ports, kept=SECRETS)
        assert told["KAIKE_SECRET"] == SECRETS["supervision"]
    monkeypatch.setenv("KAIKE_SECRET_SUPERVISION", "given")
    told = environment.variables_of("supervision-photos/web", folder=tmp_path, ports=ports, kept=SECRETS)
    assert told["KAIKE_SECRET"] == "given"


def test_an_env_file_fills_in_what_the_environment_does_not_say(monkeypatch, tmp_path):
    monkeypatch.setenv("KAIKE_PORT", "1234")
    monkeypatch.setenv("KAIKE_TEST_FILLED", "x")
    monkeypatch.delenv("KAIKE_TEST_FILLED")
    (tmp_path / ".env").write_text(
        "# a comment\nKAIKE_PORT=9999\n\nKAIKE_TEST_FILLED='from the file'\nnonsense\n"
    )
    environment.read_env_file(tmp_path)
    assert environment.os.environ["KAIKE_PORT"] == "1234"
    assert environment.os.environ["KAIKE_TEST_FILLED"] == "from the file"
