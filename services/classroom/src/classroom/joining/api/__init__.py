"""The doors of joining; ``app.py`` registers BLUEPRINTS."""

from classroom.joining.api.joins import blp as joins
from classroom.joining.api.my_classes import blp as my_classes
from classroom.joining.api.permissions import PERMISSIONS

BLUEPRINTS = (joins, my_classes)

__all__ = ["BLUEPRINTS", "PERMISSIONS"]
