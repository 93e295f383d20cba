import io
from collections.abc import Mapping
from typing import Any

import pytest
from chassis.testing import check_permissions, operation_cases
from supervision.api.permissions import PERMISSIONS
from supervision.testing import photo_bytes


@pytest.fixture
def foreign(learner, classroom) -> Mapping[str, Any]:
    """Objects of one provider and one learner, which nobody else may reach."""
    learner.verify()
    return {"class_id": classroom.class_id, "check_in_id": learner.check_in().json["id"]}


@pytest.mark.parametrize("operation", operation_cases(PERMISSIONS))
def test_each_operation_knows_its_roles_and_its_tenant(client, app, foreign, operation: str) -> None:
    bodies = {
        "check_in": {"json": {"receipt": "x"}},
        "add_photo": {"data": {"photo": (io.BytesIO(photo_bytes()), "a.jpg"), "purpose": "check_in"}},
        "add_pass": {"json": {"use": "study"}},
    }
    check_permissions(client, app, operation, real=lambda _: foreign, bodies=bodies)
