"""Messages as AMQP sees them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pika

from bus.envelope import CONTENT_TYPE
from bus.transport.base import Message


def to_amqp(message: Message) -> pika.BasicProperties:
    """Persistent, with our headers."""
    return pika.BasicProperties(
        message_id=str(message.id),
        type=message.type,
        content_type=CONTENT_TYPE,
        delivery_mode=2,
        headers=dict(message.headers),
    )


def from_amqp(properties: Any, body: bytes) -> Message:
    """A message that somebody else put into the queue may lack an id; it then has a nil one and is buried."""
    headers = {
        name: value
        for name, value in (properties.headers or {}).items()
        if isinstance(value, str | int) and not name.startswith("x-")
    }
    try:
        known = UUID(properties.message_id)
    except (TypeError, ValueError):
        known = UUID(int=0)
    return Message(id=known, type=properties.type or "", body=body, headers=headers)
