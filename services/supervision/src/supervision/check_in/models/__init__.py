"""Tables."""

from supervision.check_in.models.check_ins import CheckIn

__all__ = ["CheckIn"]
