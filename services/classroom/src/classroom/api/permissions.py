"""The one permission table of the service, from those of its subjects."""

from collections.abc import Mapping

from chassis.web import Permission

from classroom.classes.api import PERMISSIONS as CLASSES
from classroom.joining.api import PERMISSIONS as JOINING
from classroom.roster.api import PERMISSIONS as ROSTER
from classroom.study.api import PERMISSIONS as STUDY

PERMISSIONS: Mapping[str, Permission] = {**CLASSES, **ROSTER, **JOINING, **STUDY}
