"""C10: media, covers and parts of uploads that a crash left without their row are swept."""

from files.sweeping import sweeper

from catalog.models import Medium, UploadPart

SWEEP_FILES = sweeper(
    service="catalog",
    lasting={"catalog/media": (Medium.key,)},
    passing={"catalog/parts": (UploadPart.key,)},
)
