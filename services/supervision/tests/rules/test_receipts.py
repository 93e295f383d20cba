from datetime import UTC, datetime, timedelta

from supervision.rules.receipts import ends_at, receipt_of, receipt_text
from supervision.testing import Classroom

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_what_is_written_is_read() -> None:
    receipt = Classroom(now=MORNING).receipt()
    assert receipt_of(receipt_text(receipt)) == receipt


def test_a_receipt_lasts_ten_minutes_but_not_past_midnight_in_shanghai() -> None:
    assert ends_at(MORNING) == MORNING + timedelta(minutes=10)
    assert ends_at(datetime(2026, 3, 2, 15, 58, tzinfo=UTC)) == datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    assert ends_at(datetime(2026, 3, 2, 16, 0, tzinfo=UTC)) == datetime(2026, 3, 2, 16, 10, tzinfo=UTC)


def test_it_has_ended_at_its_end() -> None:
    receipt = Classroom(now=MORNING).receipt()
    assert not receipt.has_ended(MORNING + timedelta(minutes=9, seconds=59))
    assert receipt.has_ended(MORNING + timedelta(minutes=10))
