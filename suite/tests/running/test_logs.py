"""Log files do not grow without end."""

from suite.running import logs


def test_what_outgrew_its_size_is_moved_aside_while_the_writer_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 10)
    file = logs.file_of(tmp_path, "billing/web")
    file.parent.mkdir()
    with file.open("a") as writer:
        writer.write("a long first line\n")
        writer.flush()
        logs.trim(tmp_path)
        writer.write("second\n")
    assert file.read_text() == "second\n"
    assert file.with_suffix(".log.1").read_text() == "a long first line\n"


def test_short_ones_stay(tmp_path):
    file = logs.file_of(tmp_path, "gateway/web")
    file.parent.mkdir()
    file.write_text("x")
    logs.trim(tmp_path)
    assert file.read_text() == "x"


def test_the_end_of_a_log_is_shown_without_empty_lines(tmp_path):
    file = tmp_path / "a.log"
    file.write_text("one\n\ntwo\nthree\nfour\n")
    assert logs.last_lines(file, count=2) == "    three\n    four"
    assert logs.last_lines(tmp_path / "none.log") == ""
