"""From the outbox to the transport: in order within each aggregate, removed only when confirmed."""

from bus.relay.relay import Relay

__all__ = ["Relay"]
