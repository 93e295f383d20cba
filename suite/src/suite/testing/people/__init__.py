"""The people of the stories: what each role does in the pages, in sentences."""

from suite.testing.people.learner import Learner
from suite.testing.people.office import Finance, PlatformAdmin, Reviewer
from suite.testing.people.provider import BusinessManager, Registrar, Teacher
from suite.testing.people.signing_in import ACCOUNTS, PASSWORD, SignIn
from suite.testing.people.world import World

__all__ = [
    "ACCOUNTS",
    "PASSWORD",
    "BusinessManager",
    "Finance",
    "Learner",
    "PlatformAdmin",
    "Registrar",
    "Reviewer",
    "SignIn",
    "Teacher",
    "World",
]
