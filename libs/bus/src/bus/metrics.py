"""What a worker counts, for Prometheus."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

PUBLISHED = Counter("kaike_bus_published_total", "Announcements sent by the relay", ["type", "confirmed"])
HANDLED = Counter("kaike_bus_handled_total", "Messages by what became of them", ["consumer", "outcome"])
BATCH = Histogram(
    "kaike_bus_batch_seconds",
    "Time to handle one batch",
    ["consumer"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30),
)
LAG = Histogram(
    "kaike_bus_lag_seconds",
    "From the announcement to the handling",
    ["consumer"],
    buckets=(0.005, 0.01, 0.05, 0.25, 1, 5, 60, 600, 3600),
)
OUTBOX_AGE = Gauge("kaike_bus_outbox_oldest_seconds", "Age of the oldest announcement not yet confirmed")
DEAD = Gauge("kaike_bus_dead_letters", "Dead letters of this service's queues", ["queue"])
DISK = Gauge("kaike_disk_free_bytes", "Free space on the disk of var/")
