"""Floor of `project` events: messages published with pipelined confirms, consumed in batches, one upsert a batch.

Two processes, as the relay and the consumer are: no outbox, no inbox, no envelope that is held to its schema.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pika
import sqlalchemy as sa
from chassis.db import make_engine
from sqlalchemy.engine import Engine

QUEUE = "bench.floor"
WINDOW = 500
BATCH, PREFETCH = 100, 200
IDLE_SECONDS = 0.01
"""After so long without another message a batch is taken as it is."""

_KEEP = sa.text(
    "INSERT INTO floor_accounts (account_id, version, name, roles, provider_id, dealer_id, active)"
    " SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (account_id uuid, version bigint, name text,"
    " roles jsonb, provider_id uuid, dealer_id uuid, active boolean)"
    " ON CONFLICT (account_id) DO UPDATE SET version = excluded.version, name = excluded.name,"
    " roles = excluded.roles, provider_id = excluded.provider_id, dealer_id = excluded.dealer_id,"
    " active = excluded.active WHERE floor_accounts.version < excluded.version"
)


def declare(url: str) -> None:
    """The queue, of the kind that the suite's are."""
    connection = pika.BlockingConnection(pika.URLParameters(url))
    try:
        connection.channel().queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
    finally:
        connection.close()


def consume(url: str, database: str) -> None:
    """For ever: up to 100 messages, one statement, one commit, one acknowledgement."""
    engine = make_engine(database)
    channel = pika.BlockingConnection(pika.URLParameters(url)).channel()
    channel.basic_qos(prefetch_count=PREFETCH)
    batch: list[bytes] = []
    tag = 0
    for method, _properties, body in channel.consume(QUEUE, inactivity_timeout=IDLE_SECONDS):
        if method is not None:
            batch.append(body)
            tag = method.delivery_tag
        if batch and (method is None or len(batch) == BATCH):
            _keep(engine, batch)
            channel.basic_ack(tag, multiple=True)
            batch.clear()


def _keep(engine: Engine, batch: Sequence[bytes]) -> None:
    said = [json.loads(body) for body in batch]
    newest = {each["data"]["account_id"]: {**each["data"], "version": int(each["sequence"])} for each in said}
    with engine.begin() as connection:
        connection.execute(_KEEP, {"rows": json.dumps(list(newest.values()))})


class Publisher:
    """Keeps a window of unconfirmed messages under way until all are confirmed."""

    def __init__(self, url: str, bodies: Sequence[bytes]) -> None:
        self._bodies = bodies
        self._channel: Any = None
        self._sent = 0
        self._open: set[int] = set()
        self._properties = pika.BasicProperties(content_type="application/json", delivery_mode=2)
        self._connection = pika.SelectConnection(
            pika.URLParameters(url), on_open_callback=self._connected, on_close_callback=self._closed
        )

    def run(self) -> None:
        """Say when it is ready, begin when told to, return when everything is confirmed."""
        self._connection.ioloop.start()

    def _connected(self, connection: Any) -> None:
        connection.channel(on_open_callback=self._ready)

    def _ready(self, channel: Any) -> None:
        self._channel = channel
        channel.confirm_delivery(self._confirmed, callback=lambda _frame: self._wait_for_word())

    def _wait_for_word(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        print("ready", flush=True)

    def _listen(self) -> None:
        sys.stdin.readline()
        self._connection.ioloop.add_callback_threadsafe(self._fill)

    def _fill(self) -> None:
        while len(self._open) < WINDOW and self._sent < len(self._bodies):
            body = self._bodies[self._sent]
            self._sent += 1
            self._open.add(self._sent)
            self._channel.basic_publish("", QUEUE, body, self._properties)
        if not self._open:
            self._connection.close()

    def _confirmed(self, frame: Any) -> None:
        if frame.method.NAME != "Basic.Ack":
            raise RuntimeError("the broker refused a message")
        upto = frame.method.delivery_tag
        if frame.method.multiple:
            self._open = {tag for tag in self._open if tag > upto}
        else:
            self._open.discard(upto)
        self._fill()

    def _closed(self, _connection: Any, _reason: Any) -> None:
        self._connection.ioloop.stop()


def main() -> None:
    """`consume AMQP DATABASE` or `publish AMQP FILE`, where each line of the file is a message."""
    kind, url, where = sys.argv[1:]
    if kind == "consume":
        consume(url, where)
    else:
        Publisher(url, Path(where).read_bytes().splitlines()).run()


if __name__ == "__main__":
    main()
