"""Whether somebody is who they say (S1), behind an interface: an authority's service can take its place."""

from dataclasses import dataclass
from typing import Protocol

MIN_SIDE = 120
"""A face on fewer pixels can't be compared with anything."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What there is to judge: that name and document number matched the roster at joining, and the photo."""

    matched: bool
    photo: bytes
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The outcome; `reason` is a Chinese sentence when it is no."""

    accepted: bool
    reason: str = ""


class Verifier(Protocol):
    """Judges claims. `name` is kept beside each verdict."""

    name: str

    def verify(self, claim: Claim) -> Verdict:
        """Accept or refuse; raise only when no verdict is to be had now."""


class EmbeddedVerifier:
    """Accepts a learner whose name and number classroom has matched, with a photo that can serve as reference."""

    name = "embedded"

    def verify(self, claim: Claim) -> Verdict:
        """Refuses an unmatched learner and a photo too small to recognise anybody on."""
        if not claim.matched:
            return Verdict(accepted=False, reason="姓名和证件号码尚未与报名信息核对一致")
        if min(claim.width, claim.height) < MIN_SIDE:
            reason = f"照片太小（{claim.width}×{claim.height}），宽和高都不能少于 {MIN_SIDE} 像素"
            return Verdict(accepted=False, reason=reason)
        return Verdict(accepted=True)
