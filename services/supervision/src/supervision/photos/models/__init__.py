"""Tables of photo intake."""

from supervision.photos.models.photos import Photo

__all__ = ["Photo"]
