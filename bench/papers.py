"""Papers of the services that are not running, signed with one key, and the address at which that key is found."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import ECKey

LIFETIME = 3600
"""Longer than an access token really lives: a run must not end in the middle because of it."""


class Issuer:
    """Signs as identity, classroom and supervision would."""

    def __init__(self, address: str, key: ECKey) -> None:
        """`address` is where the key is published."""
        self.address = address
        self._key = key

    def paper(self, issuer: str, typ: str, claims: dict[str, Any], *, now: datetime) -> str:
        """A genuine paper of any kind. `claims` may say nbf and exp themselves."""
        issued = int(now.timestamp())
        body = {"iss": issuer, "iat": issued, "nbf": issued, "exp": issued + LIFETIME, **claims}
        return jwt.encode({"alg": "ES256", "kid": "bench", "typ": typ}, body, self._key, algorithms=["ES256"])

    def learner_headers(self, account_id: UUID, *, now: datetime) -> dict[str, str]:
        """What a learner's program sends with each request."""
        claims = {"sub": str(account_id), "name": "学员", "roles": ["learner"], "sid": str(account_id)}
        return {
            "Authorization": f"Bearer {self.paper('identity', 'access', claims, now=now)}",
            "Accept": "application/json",
            "User-Agent": "kaike-bench",
        }


@contextmanager
def issuer() -> Iterator[Issuer]:
    """An issuer whose keys are published on a free port of the loopback while the block runs."""
    key = ECKey.generate_key("P-256", parameters={"kid": "bench"})
    published = json.dumps({"keys": [{**key.as_dict(private=False), "use": "sig", "alg": "ES256"}]}).encode()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(published))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="keys", daemon=True)
    thread.start()
    try:
        yield Issuer(f"http://127.0.0.1:{server.server_address[1]}", key)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(published: bytes) -> type[BaseHTTPRequestHandler]:
    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(published)))
            self.end_headers()
            self.wfile.write(published)

        def log_message(self, format: str, *args: object) -> None:
            """A fetched key is no news."""

    return Keys
