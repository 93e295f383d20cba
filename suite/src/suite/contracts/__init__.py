"""The contracts that are made from the code: written, committed, and compared by ``make check``."""

from suite.contracts.files import compare, generate

__all__ = ["compare", "generate"]
