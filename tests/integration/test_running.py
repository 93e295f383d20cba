"""What `make run` promises: ready soon, small, nothing left behind, and whatever dies comes back."""

import os
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3
from chassis.ids import new_id
from suite.backends.process import free_port
from suite.parts import DOORS, SERVICES
from suite.running import control, memory
from suite.testing.running import KAIKE, processes_of

PROCESSES = [*((name, "web") for name in DOORS), *((name, "worker") for name in SERVICES)]


def test_every_part_runs_and_says_that_it_is_ready(suite):
    assert set(suite.processes()) == set(PROCESSES)
    answer = urllib3.request("GET", f"{suite.url}/readyz")
    assert answer.status == 200
    assert answer.json()["ready"] is True


def test_all_processes_together_take_less_than_a_gigabyte(suite, record_property):
    megabytes = sum(each["pss_kib"] for each in suite.processes().values()) // 1024
    record_property("pss_mb", megabytes)
    assert 0 < megabytes < 1000


def test_the_terminal_says_where_it_answers_and_who_may_sign_in(suite):
    said = "".join(suite.said)
    assert suite.url in said
    assert "registrar" in said


@pytest.mark.parametrize(("name", "kind"), PROCESSES)
def test_a_killed_process_comes_back(suite, name, kind):
    killed = suite.kill_part(name, kind)
    suite.wait_for_another(name, kind, killed)


def test_photo_intake_that_hangs_delays_no_check_in(suite):
    """S8: nobody is signed in here, so both doors refuse; what counts is who answers, and when."""
    door = f"{suite.url}/api/v1/supervision"
    stopped = list(memory.family(suite.processes()["supervision-photos", "web"]["pid"]))
    with ThreadPoolExecutor(1) as phone, urllib3.PoolManager(retries=False, timeout=30) as browser:
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            photo = phone.submit(browser.request, "POST", f"{door}/photos", body=b"photo")
            check_in = f"{door}/classes/{new_id()}/check-ins"
            for _ in range(20):
                assert browser.request("POST", check_in, json={"receipt": "r"}, timeout=2).status == 401
            assert not photo.done()
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
        assert photo.result().status == 401


@pytest.mark.parametrize("name", ["identity", "gateway"])
def test_a_restart_loses_no_request(suite, name):
    answers, restarted = [], threading.Event()

    def ask_on_and_on():
        with urllib3.PoolManager(retries=False, timeout=20) as browser:
            while not restarted.is_set():
                answer = browser.request(
                    "GET", f"{suite.url}/api/v1/identity/jwks", headers={"Connection": "close"}
                )
                answers.append(answer.status)

    asking = threading.Thread(target=ask_on_and_on)
    asking.start()
    done = suite.command("restart", name)
    restarted.set()
    asking.join()
    assert done.returncode == 0, done.stderr
    assert len(answers) > 3
    assert set(answers) == {200}


def test_a_second_start_is_ready_within_twelve_seconds_and_keeps_its_secrets(own_suite, record_property):
    secrets = (own_suite.folder / "secrets.json").read_text()
    assert own_suite.stop() == 0
    own_suite.start()
    record_property("second_start_seconds", round(own_suite.seconds, 1))
    assert own_suite.seconds < 12
    assert (own_suite.folder / "secrets.json").read_text() == secrets


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=lambda sign: sign.name)
def test_a_signal_stops_everything(own_suite, sign):
    assert own_suite.stop(sign) == 0
    assert not own_suite.left()


def test_nothing_outlives_a_killed_parent(own_suite):
    assert len(own_suite.left()) > len(PROCESSES)
    own_suite.kill()
    own_suite.wait(lambda: not own_suite.left(), seconds=40)


def test_the_stop_command_returns_when_nothing_is_left(own_suite):
    assert own_suite.command("stop").returncode == 0
    assert own_suite.popen.wait(5) == 0
    assert not own_suite.left()


def test_a_second_suite_on_the_same_data_is_refused_in_one_sentence(suite):
    second = subprocess.run(
        [KAIKE, "run"], env=suite.environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert second.returncode == 1
    assert "already" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_port_in_use_is_named_in_one_sentence(suite, tmp_path):
    told = {**suite.environment, "KAIKE_VAR": str(tmp_path / "other")}
    second = subprocess.run([KAIKE, "run"], env=told, capture_output=True, text=True, check=False, timeout=60)
    assert second.returncode == 1
    assert f"Port {suite.port} is in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_database_that_does_not_answer_is_named_and_nothing_stays(tmp_path):
    told = {
        **os.environ,
        "KAIKE_VAR": str(tmp_path / "var"),
        "KAIKE_PORT": str(free_port()),
        "DATABASE_URL_BILLING": "postgresql://kaike:very-secret@127.0.0.1:9/billing",
    }
    done = subprocess.run([KAIKE, "run"], env=told, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "billing could not be prepared" in done.stderr
    assert "127.0.0.1:9/billing cannot be reached" in done.stderr
    assert "very-secret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not processes_of(tmp_path / "var")


def test_secrets_are_for_their_owner_only(suite):
    assert (suite.folder / "secrets.json").stat().st_mode & 0o077 == 0
    assert (suite.folder / control.NAME).stat().st_mode & 0o077 == 0
