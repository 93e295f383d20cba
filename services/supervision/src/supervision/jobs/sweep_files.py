"""Faces that a crash left without their row are swept: none is kept without a reason (X6)."""

from files.sweeping import sweeper

from supervision.check_in.models import CheckIn
from supervision.photos.models import Photo
from supervision.real_name.models import RealName

SWEEP_FILES = sweeper(
    service="supervision",
    lasting={
        "faces/check-in": (Photo.key, CheckIn.photo_key),
        "faces/real-name": (RealName.photo_key,),
    },
)
