"""Tables."""

from supervision.real_name.models.real_names import Consent, RealName

__all__ = ["Consent", "RealName"]
