"""What can go wrong between an announcement and its handling."""

from __future__ import annotations


class BusError(Exception):
    """Base of the bus's own errors; none of them is meant for a person's eyes."""


class NotYet(BusError):
    """Raised by a reaction when what it needs has not arrived: the event comes again after a delay."""


class UnknownEvent(BusError):
    """No schema stands under contracts/events/ for this type, or the name is not `service.subject.verb.vN`."""


class SchemaBroken(BusError):
    """The data do not fit the schema of their type. A producer sees it in its transaction; a consumer's
    copy of such a message goes straight to the dead letters."""


class StaleTopology(BusError):
    """A consumer's declaration and contracts/topology.yaml differ; write the file again with `make contracts`."""


class BrokerGone(BusError):
    """The transport did not take, or did not confirm in time, what it was given."""
