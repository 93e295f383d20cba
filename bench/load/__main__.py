"""The generator's process: a plan's file is its argument, its answer is one line of JSON.

It stops early when its standard input ends, so that it never outlives who started it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from bench.load.clients import Clients
from bench.load.plan import Plan


def main() -> None:
    """Send the plan and say what came of it."""
    plan = Plan.load(Path(sys.argv[1]).read_text(encoding="ascii"))
    stop = threading.Event()
    threading.Thread(target=_stop_when_told, args=(stop,), daemon=True).start()
    tally = Clients(plan, stop).run()
    said = {
        "latencies": [round(each, 6) for each in tally.latencies],
        "statuses": dict(tally.statuses),
        "first_bad": tally.first_bad,
        "seconds": tally.ended - tally.began if tally.latencies else 0.0,
    }
    print(json.dumps(said), flush=True)


def _stop_when_told(stop: threading.Event) -> None:
    while os.read(0, 64):  # not sys.stdin, whose lock would be held when the process ends
        pass
    stop.set()


main()
