"""The doors of study; ``app.py`` registers BLUEPRINTS."""

from classroom.study.api.home import blp as home
from classroom.study.api.learning import blp as learning
from classroom.study.api.permissions import PERMISSIONS
from classroom.study.api.sessions import blp as sessions

BLUEPRINTS = (sessions, learning, home)

__all__ = ["BLUEPRINTS", "PERMISSIONS"]
