"""Tables: classes, their staff, applications, decisions, audit log, what is known of other services."""

from classroom.classes.models.applications import Application, ReviewDecision
from classroom.classes.models.audit import AuditEntry
from classroom.classes.models.projections import (
    KnownAccount,
    KnownCategory,
    KnownDealer,
    KnownProvider,
    PackageVersion,
)
from classroom.classes.models.staff import ClassStaff, Duty
from classroom.classes.models.training_class import TrainingClass

__all__ = [
    "Application",
    "AuditEntry",
    "ClassStaff",
    "Duty",
    "KnownAccount",
    "KnownCategory",
    "KnownDealer",
    "KnownProvider",
    "PackageVersion",
    "ReviewDecision",
    "TrainingClass",
]
