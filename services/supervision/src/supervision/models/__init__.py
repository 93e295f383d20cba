"""Tables that all subjects of supervision share."""

from supervision.models.base import Model, db
from supervision.models.classes import ClassLearner, ClassPolicy
from supervision.models.photo_views import PhotoView

__all__ = ["ClassLearner", "ClassPolicy", "Model", "PhotoView", "db"]
