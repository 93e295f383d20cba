"""The doors of the roster; `app.py` registers BLUEPRINTS."""

from classroom.roster.api.enrolments import blp as enrolments
from classroom.roster.api.imports import blp as imports
from classroom.roster.api.permissions import PERMISSIONS

BLUEPRINTS = (imports, enrolments)

__all__ = ["BLUEPRINTS", "PERMISSIONS"]
