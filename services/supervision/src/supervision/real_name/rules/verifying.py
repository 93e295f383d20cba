"""Whether somebody is who they say (S1), behind an interface: an authority's service can take its place."""

from dataclasses import dataclass
from typing import Protocol

MIN_SIDE = 120
"""A face on fewer pixels can't be compared with anything."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What there is to judge: that name and document number matched the roster at joining, which document that was, and
    the photo."""

    matched: bool
    document: str
    """Classroom's fingerprint of the document's type and number: the same for the same document."""
    sealed: str | None
    """Name, document type and number as JSON in a NaCl sealed box (base64url), which nobody but the owner of the key in
    `KAIKE_REAL_NAME_VERIFIER_KEY` can open; None where none is set. A verifier hands it on as it is."""
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


class RosterMatch:
    """Accepts a learner whose name and number classroom has matched, with a photo that can serve as reference.

    It knows no faces: that the photo shows the owner of the document is left to the teachers who look at it (S5), or
    to the verifier of an authority in its place.
    """

    name = "roster_match"

    def verify(self, claim: Claim) -> Verdict:
        """Refuses an unmatched learner and a photo too small to recognise anybody on."""
        if not claim.matched:
            return Verdict(accepted=False, reason="姓名和证件号码尚未与报名信息核对一致")
        if min(claim.width, claim.height) < MIN_SIDE:
            reason = f"照片太小（{claim.width}×{claim.height}），宽和高都不能少于 {MIN_SIDE} 像素"
            return Verdict(accepted=False, reason=reason)
        return Verdict(accepted=True)
