"""The bus's side: which queue takes which events, and the AsyncAPI document."""

from bus import asyncapi, topology
from chassis.service import load

from suite.parts import SERVICES


def documents() -> dict[str, str]:
    """topology.yaml and asyncapi.yaml, from the consumers of all services."""
    consumers = [consumer for name in SERVICES for consumer in load(name).consumers]
    built = topology.build(consumers)
    return {"topology.yaml": topology.render(built), "asyncapi.yaml": asyncapi.render(built)}
