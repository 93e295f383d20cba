"""The promises that billing makes on the bus."""

import pytest
from billing import events
from billing.reactions.consumers import CONSUMERS
from bus import contracts
from bus.envelope import read

PRODUCED = (
    events.OPENING_QUOTED,
    events.GRADUATION_BILLED,
    events.ORDER_CREATED,
    events.SETTLEMENT_SUBMITTED,
    events.SETTLEMENT_CONFIRMED,
    events.SETTLEMENT_REJECTED,
)


@pytest.mark.parametrize("event_type", PRODUCED)
def test_every_announced_type_has_a_schema_and_examples_that_fit_it(event_type: str) -> None:
    examples = contracts.examples_of(event_type)
    assert examples
    for example in examples:
        event = read(example)
        assert event.type == event_type
        contracts.check(event_type, event.data)
        assert set(event.data) == set(contracts.schema_of(event_type)["properties"])


@pytest.mark.parametrize("event_type", sorted({name for one in CONSUMERS for name in one.handlers}))
def test_every_type_that_is_listened_to_is_promised_by_somebody(event_type: str) -> None:
    assert event_type in set(contracts.event_types())
