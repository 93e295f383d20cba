"""Queues as SQLite files, for a bare machine: no server, the same promises."""

from bus.transport.embedded.transport import EmbeddedTransport

__all__ = ["EmbeddedTransport"]
