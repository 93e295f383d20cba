"""Servers in containers, where a Docker engine answers and has or gets the images."""

import atexit
import functools
import os
import secrets
from pathlib import Path

from suite.backends.errors import BackendMissing

POSTGRES_IMAGE = "postgres:16-alpine"
RABBIT_IMAGE = "rabbitmq:4-alpine"


@functools.cache
def _engine() -> None:
    """Raise unless a Docker engine answers within a few seconds."""
    if "DOCKER_HOST" not in os.environ and not Path("/var/run/docker.sock").exists():
        raise BackendMissing("no Docker engine is installed here (no /var/run/docker.sock, no DOCKER_HOST)")
    import docker

    try:
        client = docker.from_env(timeout=5)
        client.ping()
        client.close()
    except Exception as problem:
        raise BackendMissing(f"no Docker engine answers ({type(problem).__name__})") from problem


def postgres() -> str:
    """Start PostgreSQL in a container of its own and return its address."""
    _engine()
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    from testcontainers.community.postgres import PostgresContainer

    password = secrets.token_urlsafe(12)
    container = PostgresContainer(POSTGRES_IMAGE, username="kaike", password=password, dbname="postgres")
    _start(container, POSTGRES_IMAGE)
    host, port = container.get_container_host_ip(), container.get_exposed_port(5432)
    return f"postgresql://kaike:{password}@{host}:{port}/postgres"


def rabbit() -> str:
    """Start RabbitMQ in a container of its own and return its address."""
    _engine()
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    from testcontainers.community.rabbitmq import RabbitMqContainer

    password = secrets.token_urlsafe(12)
    container = RabbitMqContainer(RABBIT_IMAGE, username="kaike", password=password)
    _start(container, RABBIT_IMAGE)
    host, port = container.get_container_host_ip(), container.get_exposed_port(5672)
    return f"amqp://kaike:{password}@{host}:{port}/"


def _start(container: object, image: str) -> None:
    try:
        container.start()  # type: ignore[attr-defined]
    except Exception as problem:
        raise BackendMissing(f"the image {image} could not be had or started ({problem})") from problem
    atexit.register(container.stop)  # type: ignore[attr-defined]
