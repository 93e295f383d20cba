"""RabbitMQ 3.10 to 4.x through pika."""

from bus.transport.rabbit.transport import RabbitTransport

__all__ = ["RabbitTransport"]
