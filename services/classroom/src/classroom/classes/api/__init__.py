"""The doors of classes; `app.py` registers BLUEPRINTS."""

from classroom.classes.api.audit import blp as audit
from classroom.classes.api.classes import blp as classes
from classroom.classes.api.graduations import blp as graduations
from classroom.classes.api.openings import blp as openings
from classroom.classes.api.permissions import PERMISSIONS
from classroom.classes.api.reviews import blp as reviews
from classroom.classes.api.settings import blp as settings

BLUEPRINTS = (classes, settings, openings, graduations, reviews, audit)

__all__ = ["BLUEPRINTS", "PERMISSIONS"]
