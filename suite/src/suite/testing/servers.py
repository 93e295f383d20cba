"""Databases and a broker for a whole suite on real servers."""

import contextlib
from collections.abc import Iterator

import psycopg
from chassis.ids import new_id
from psycopg import sql
from sqlalchemy.engine import make_url

from suite.backends import ensure
from suite.backends.errors import BackendMissing
from suite.backends.rabbit import LocalRabbit
from suite.parts import SERVICES, variable


@contextlib.contextmanager
def real_servers() -> Iterator[dict[str, str]]:
    """The variables that put every service on PostgreSQL and the bus on RabbitMQ.

    The databases have fresh names and are dropped afterwards; the suite makes them itself. The broker is a private one
    where its programs are here, so that nothing of an earlier run lies in its queues.
    """
    server = make_url(ensure(rabbitmq=False).postgres)
    mark = new_id().hex[-12:]
    names = {service: f"kaike_{mark}_{service}" for service in SERVICES}
    urls = {
        f"DATABASE_URL_{variable(service)}": server.set(database=name).render_as_string(hide_password=False)
        for service, name in names.items()
    }
    with _broker() as amqp:
        try:
            yield {**urls, "AMQP_URL": amqp}
        finally:
            with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
                for name in names.values():
                    connection.execute(
                        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                    )


@contextlib.contextmanager
def _broker() -> Iterator[str]:
    try:
        private = LocalRabbit()
    except BackendMissing:
        yield ensure(postgres=False).amqp
        return
    try:
        yield private.url
    finally:
        private.close()
