"""A floor's web process: the suite's own gunicorn, set up by the suite's own code, around another app."""

from __future__ import annotations

import sys

from suite.parts import Door
from suite.web import WebServer


def main() -> None:
    """Serve "module:factory" on an address: the two arguments."""
    module, _, factory = sys.argv[1].partition(":")
    bind = sys.argv[2]
    del sys.argv[1:]
    WebServer(Door(name="floor", module=module, factory=factory), bind=bind, workers=1).run()


if __name__ == "__main__":
    main()
