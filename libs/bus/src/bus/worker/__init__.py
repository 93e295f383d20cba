"""The worker process of one service: relay, consumers, jobs and periodic work."""

from bus.worker.run import run

__all__ = ["run"]
