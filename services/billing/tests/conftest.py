"""Billing under test."""

from dataclasses import dataclass

import pytest
from billing import testing
from billing.app import SERVICE
from billing.models import ClassOpening, KnownDealer, KnownProvider, Order, PriceAgreement
from chassis.service import Service
from chassis.web import Actor
from sqlalchemy.orm import Session


@pytest.fixture
def service() -> Service:
    """The service whose app and databases the fixtures make."""
    return SERVICE


@dataclass
class Scene:
    """A dealer, a provider of it with a price, and the people on both sides."""

    session: Session
    dealer: KnownDealer
    provider: KnownProvider
    agreement: PriceAgreement
    business: Actor
    finance: Actor
    manager: Actor
    platform: Actor

    def opening(self, **told) -> ClassOpening:
        """A class that opened at the provider's price."""
        return testing.opening(self.session, agreement=self.agreement, **told)

    def order(self, *, joined: int = 11, finished: int = 3, refund_fen: int = 0, **told) -> Order:
        """An order of 750.00 unless told otherwise."""
        counts = {"joined": joined, "finished": finished, "refund_fen": refund_fen}
        return testing.class_order(self.session, opening=self.opening(**told), **counts)


def make_scene(session: Session, actor, *, code: str = "000240") -> Scene:
    """See Scene."""
    dealer = testing.known_dealer(session)
    provider = testing.known_provider(session, dealer=dealer, code=code)
    return Scene(
        session=session,
        dealer=dealer,
        provider=provider,
        agreement=testing.agreement(session, provider=provider),
        business=actor("business_manager", provider_id=provider.provider_id),
        finance=actor("dealer_finance", dealer_id=dealer.dealer_id),
        manager=actor("account_manager", dealer_id=dealer.dealer_id),
        platform=actor("platform_admin"),
    )


@pytest.fixture
def scene(session: Session, clock, actor) -> Scene:
    """The scene of most tests, on 2 March 2026 at 10:00 in Shanghai."""
    return make_scene(session, actor)


@pytest.fixture
def other_scene(session: Session, clock, actor) -> Scene:
    """Another dealer and provider, who must never see anything of the first."""
    return make_scene(session, actor, code="000777")
