"""The load generator: a process of its own that sends a bounded number of requests to this machine."""

from bench.load.ask import Answers, Beside, beside, send
from bench.load.plan import Plan, Request

__all__ = ["Answers", "Beside", "Plan", "Request", "beside", "send"]
