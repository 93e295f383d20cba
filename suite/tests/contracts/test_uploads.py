"""The gateway lets through as much as the services take, and nowhere else more than usual."""

import re

import pytest
from edge.bodies import UPLOADS, USUAL, most_bytes
from suite.contracts import apps
from suite.parts import SERVICES


def uploads(name):
    """Path → bytes, of the operations that the service marks."""
    app = apps.make(name)
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        kind = getattr(view, "view_class", None)
        views = [getattr(kind, method.lower(), None) for method in rule.methods] if kind else [view]
        for each in views:
            most = getattr(each, "kaike_max_bytes", None)
            if most is not None:
                yield re.sub(r"<[^>]+>", "0190", rule.rule), most


@pytest.fixture(scope="module")
def taken():
    return {path: most for name in SERVICES for path, most in uploads(name)}


def test_every_upload_passes_the_door(taken):
    assert len(taken) > 4
    assert not {path: most for path, most in taken.items() if not most <= most_bytes(path) <= 2 * most}


def test_the_door_is_open_for_nothing_that_no_service_takes(taken):
    large = {path for path, most in taken.items() if most > USUAL}
    assert not [
        pattern.pattern for pattern, _ in UPLOADS if not any(pattern.fullmatch(path) for path in large)
    ]
