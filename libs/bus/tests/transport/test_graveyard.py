"""Visiting the dead of a broker whose queue is not ready yet."""

from __future__ import annotations

from typing import Any

import pytest
from bus.transport.rabbit.graveyard import RabbitVisit
from pika.exceptions import ConnectionClosedByBroker


@pytest.mark.parametrize(("refusals", "code", "well"), [(2, 541, True), (9, 541, False), (1, 320, False)])
def test_a_queue_without_a_leader_is_asked_again_a_few_times(
    monkeypatch: pytest.MonkeyPatch, refusals: int, code: int, well: bool
) -> None:
    left = [ConnectionClosedByBroker(code, "INTERNAL_ERROR")] * refusals
    connected: list[bool] = []

    def held(_visit: Any) -> list[Any]:
        if left:
            raise left.pop()
        return []

    monkeypatch.setattr(RabbitVisit, "_connect", lambda _visit: connected.append(True))
    monkeypatch.setattr(RabbitVisit, "_declared", lambda _visit: True)
    monkeypatch.setattr(RabbitVisit, "_held", held)
    visit = RabbitVisit(url="amqp://nowhere", queue="mill")
    if well:
        assert visit.letters() == []
        assert len(connected) == refusals
    else:
        with pytest.raises(ConnectionClosedByBroker):
            visit.letters()
