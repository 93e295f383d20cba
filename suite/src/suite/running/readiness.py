"""Whether a door says that it is ready."""

import http.client

TIMEOUT_SECONDS = 2.0


def is_ready(port: int) -> bool:
    """Whether ``GET /readyz`` answers 200 on this port of the loopback."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        line.request("GET", "/readyz")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
