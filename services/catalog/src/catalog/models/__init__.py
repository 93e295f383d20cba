"""The tables of the catalog service."""

from catalog.models.base import db
from catalog.models.categories import Category
from catalog.models.courses import Chapter, Course, Item
from catalog.models.known import KnownClass, Provider, ProviderAddon, PublishedPaper
from catalog.models.media import Medium, Upload, UploadPart
from catalog.models.packages import Package, PackageCourse, PackageVersion, TrainingPlan

__all__ = [
    "Category",
    "Chapter",
    "Course",
    "Item",
    "KnownClass",
    "Medium",
    "Package",
    "PackageCourse",
    "PackageVersion",
    "Provider",
    "ProviderAddon",
    "PublishedPaper",
    "TrainingPlan",
    "Upload",
    "UploadPart",
    "db",
]
