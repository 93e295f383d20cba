"""The side that has a plan sent."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.figures import BenchFailed, percentile
from bench.load.plan import LONGEST, Plan


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What came of a plan. Times in seconds."""

    seconds: float
    latencies: list[float]
    statuses: dict[str, int]

    @property
    def per_second(self) -> float:
        """Good answers per second."""
        return len(self.latencies) / self.seconds

    def milliseconds(self, part: float) -> float:
        """A percentile of the latencies."""
        return percentile(self.latencies, part) * 1000


@dataclass
class Beside:
    """A plan that is being sent; `answers` once the block has ended."""

    _found: list[Answers] = field(default_factory=list)

    @property
    def answers(self) -> Answers:
        """What came of it. Raises BenchFailed while it runs."""
        if not self._found:
            raise BenchFailed("the requests beside have not ended")
        return self._found[0]


def send(plan: Plan) -> Answers:
    """Send all of a plan. Raises BenchFailed unless every request was answered well."""
    with beside(plan, until_told=False) as sent:
        pass
    if len(sent.answers.latencies) < len(plan.requests):
        raise BenchFailed(
            f"only {len(sent.answers.latencies)} of {len(plan.requests)} requests in {plan.seconds:.0f} s"
        )
    return sent.answers


@contextmanager
def beside(plan: Plan, *, until_told: bool = True) -> Iterator[Beside]:
    """Send a plan while the block does other things; unless `until_told`, its end is waited for."""
    found = Beside()
    with tempfile.TemporaryDirectory(prefix="kaike-bench-") as folder:
        file = Path(folder) / "plan.json"
        file.write_text(plan.check().dump(), encoding="ascii")
        with subprocess.Popen(
            [sys.executable, "-m", "suite.benches", "bench.load", str(file)],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            try:
                yield found
                found._found.append(_ended(process, plan, until_told=until_told))
            finally:
                process.kill()


def _ended(process: subprocess.Popen[bytes], plan: Plan, *, until_told: bool) -> Answers:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    if until_told:
        process.stdin.close()
    said = process.stdout.read()  # it ends by itself: a plan has an end, and so has each request
    code = process.wait(LONGEST)
    if code != 0:
        raise BenchFailed(f"the load generator failed: {process.stderr.read().decode(errors='replace')}")
    answer: dict[str, Any] = json.loads(said)
    if answer["first_bad"]:
        raise BenchFailed(f"{answer['first_bad']} (all answers: {answer['statuses']})")
    if not answer["latencies"]:
        raise BenchFailed(f"no request of {plan.requests[0].path} was answered")
    return Answers(seconds=answer["seconds"], latencies=answer["latencies"], statuses=answer["statuses"])
