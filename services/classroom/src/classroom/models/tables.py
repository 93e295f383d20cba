"""Every table of the service, so that whoever needs the whole schema imports one module."""

from classroom.classes import models as classes
from classroom.joining import models as joining
from classroom.roster import models as roster
from classroom.study import models as study

__all__ = ["classes", "joining", "roster", "study"]
