"""What can go wrong while a real server is looked for."""


class BackendMissing(Exception):
    """No real PostgreSQL or RabbitMQ could be found or started; the text says what to do about it."""


class StartFailed(BackendMissing):
    """A local program is there but did not come up; the text carries the end of its log."""
