"""The benches work; how fast anything is, no test says."""

import json
import subprocess

import pytest
from suite.testing.running import KAIKE

pytestmark = pytest.mark.heavy


def test_a_quick_run_writes_what_it_measured(tmp_path):
    command = [KAIKE, "bench", "--quick", "--only", "project", "--results", str(tmp_path / "results")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = (tmp_path / "results").iterdir()
    said = json.loads(file.read_text())
    (figure,) = said["figures"]
    assert figure["name"] == "project"
    assert figure["value"] > 0
    assert figure["floor"] > 0
    assert said["machine"]["fsync"] == said["machine"]["synchronous_commit"] == "on"
    assert "bare pipeline" in done.stdout
