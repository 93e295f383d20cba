"""The control socket: for its owner only, on paths of any length, deaf to nonsense."""

import socket
import threading

import pytest
from suite.running import control


@pytest.fixture
def folder(tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    return deep


def test_nobody_there_is_said_in_a_sentence(folder):
    with pytest.raises(control.NotRunning, match="make run"):
        control.ask(folder, "status")


def test_a_question_gets_its_answer_on_a_long_path(folder):
    door = control.listen(folder)
    door.setblocking(True)

    def answer_once():
        line, _ = door.accept()
        control.answer(line, {"heard": control.read(line)})

    with door:
        answering = threading.Thread(target=answer_once)
        answering.start()
        said = control.ask(folder, "restart", name="billing")
        answering.join()
    assert said == {"heard": {"command": "restart", "name": "billing"}}


@pytest.mark.parametrize("nonsense", [b"\n", b"[1]\n", b"{broken\n", b"\xff\xfe\n", b"x" * 9000 + b"\n"])
def test_nonsense_is_an_empty_question(nonsense):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(nonsense)
        assert control.read(ours) == {}
