"""Commands of the bus, for the suite's command line."""

from bus.cli.dead import dead
from bus.cli.rebuild import again, rebuild

__all__ = ["again", "dead", "rebuild"]
