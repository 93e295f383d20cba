"""Writing and comparing: what differs is named, what nobody makes any more is removed."""

import pytest
from suite.contracts import files


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_folder", lambda: tmp_path)
    monkeypatch.setattr(files, "_all", lambda: {"openapi/billing.yaml": "one\n", "errors.yaml": "two\n"})
    (tmp_path / "openapi").mkdir()
    return tmp_path


def test_what_is_missing_or_stale_or_different_is_named(folder):
    (folder / "openapi" / "gone.yaml").write_text("x")
    (folder / "errors.yaml").write_text("older\n")
    assert files.compare() == ["errors.yaml", "openapi/billing.yaml", "openapi/gone.yaml"]


def test_generating_makes_them_equal(folder):
    (folder / "openapi" / "gone.yaml").write_text("x")
    assert files.generate() == ["errors.yaml", "openapi/billing.yaml", "openapi/gone.yaml"]
    assert files.compare() == []
    assert files.generate() == []
    assert (folder / "openapi" / "billing.yaml").read_text() == "one\n"
