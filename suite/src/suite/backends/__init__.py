"""Real PostgreSQL and RabbitMQ for the tests, found or started, never skipped.

``ensure()`` is the one call that tests need. It looks, in this order, for

1. addresses in the environment (``KAIKE_TEST_POSTGRES``, ``KAIKE_TEST_AMQP``);
2. a Docker engine that answers and has or gets the images (testcontainers);
3. local programs, started privately on free ports in a temporary folder;
4. the packages of Debian or Ubuntu, installed first when the process is root.

Where none of these works it raises ``BackendMissing``, whose text says what to do. What was found is exported to the
environment, so that child processes find the same servers, and what was started stops with this process.

Tests that kill a server take one of their own: ``LocalPostgres`` and ``LocalRabbit``.
"""

from suite.backends.ensure import AMQP, POSTGRES, Backends, ensure
from suite.backends.errors import BackendMissing
from suite.backends.postgres import LocalPostgres
from suite.backends.rabbit import LocalRabbit

__all__ = ["AMQP", "POSTGRES", "BackendMissing", "Backends", "LocalPostgres", "LocalRabbit", "ensure"]
