"""The rooms of a service have the same names everywhere."""

from pathlib import Path

import pytest
from suite.parts import SERVICES
from suite.testing import tree

ROOMS = {"actions", "api", "jobs", "migrations", "models", "queries", "reactions", "rules", "schemas"}
FILES = {"__init__.py", "app.py", "config.py", "events.py", "seed.py", "testing.py", "py.typed"}
# What else a service has at its top, each with the reason why it is no room of its own.
BESIDES = {
    "catalog": {"demo"},  # the demo's media, which seed.py and `kaike demo` use
}
# The houses that are divided by subject; inside each subject the rooms are the same again.
SUBJECTS = {
    "classroom": {"classes", "documents", "engagement", "joining", "live", "roster", "study"},
    "supervision": {"check_in", "duties", "photos", "real_name"},
}


def strangers(folder: Path, allowed: set[str]) -> set[str]:
    """The names in a folder that no room has."""
    names = {path.relative_to(folder).parts[0] for path in tree.files() if path.is_relative_to(folder)}
    return names - allowed


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_no_room_with_an_unknown_name(service):
    allowed = ROOMS | FILES | BESIDES.get(service, set()) | SUBJECTS.get(service, set())
    modules = {f"{room}.py" for room in ROOMS}  # a small room may be one file
    assert not strangers(tree.service_folder(service), allowed | modules)


@pytest.mark.parametrize(
    ("service", "subject"),
    [(service, subject) for service in SUBJECTS for subject in sorted(SUBJECTS[service])],
)
def test_a_subject_has_no_room_with_an_unknown_name(service, subject):
    modules = {f"{room}.py" for room in ROOMS}
    assert not strangers(tree.service_folder(service) / subject, ROOMS | FILES | modules)


def test_an_unknown_name_is_found(tmp_path):
    room = tree.service_folder("billing")
    assert strangers(room, set()) >= {"rules", "actions"}
