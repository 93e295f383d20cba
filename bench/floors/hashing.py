"""What the passwords of a class cost by themselves: the same hashes, verified on all processors, and nothing else."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from identity.actions.hashing import Hasher


def main() -> None:
    """Verify so many hashes (the argument) and print the seconds that it took."""
    passwords = int(sys.argv[1])
    hasher = Hasher()
    kept = hasher.hash("a class's password")
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with ThreadPoolExecutor(own) as threads:
        began = time.monotonic()
        list(threads.map(lambda _: hasher.verify(kept, "a class's password"), range(passwords)))
        print(time.monotonic() - began)


if __name__ == "__main__":
    main()
