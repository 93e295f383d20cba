"""Marked files that a crash left without their row are swept: they have document numbers in them (X13)."""

from files.sweeping import sweeper

from classroom.roster.models import MarkedFile

SWEEP_FILES = sweeper(service="classroom", passing={"roster-marked": (MarkedFile.store_key,)})
