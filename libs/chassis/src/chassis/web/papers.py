"""GET /jwks: the public halves of the keys that sign this service's papers."""

from __future__ import annotations

from flask import jsonify
from flask.typing import ResponseReturnValue

from chassis.web.blueprint import Blueprint
from chassis.web.runtime import runtime

KEY_SET = {
    "type": "object",
    "required": ["keys"],
    "properties": {"keys": {"type": "array", "items": {"type": "object", "required": ["kty", "kid"]}}},
}


def jwks_blueprint(service: str) -> Blueprint:
    """The blueprint that publishes the key set."""
    blp = Blueprint("keys", service, description="Public keys")

    @blp.route("/jwks")  # type: ignore[untyped-decorator]
    @blp.response(200, KEY_SET)  # type: ignore[untyped-decorator]
    def get_jwks() -> ResponseReturnValue:
        """The JSON Web Key Set (RFC 7517) that verifies this service's papers."""
        signer = runtime().signer
        assert signer is not None
        response = jsonify(signer.public_set())
        response.headers["Cache-Control"] = "public, max-age=60"
        return response

    return blp
