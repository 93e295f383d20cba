"""From a delivery to a committed change: in batches, each message once, failures one by one."""

from bus.handling.handler import Handler
from bus.handling.loop import ConsumerLoop

__all__ = ["ConsumerLoop", "Handler"]
