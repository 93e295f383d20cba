"""Access tokens as contracts/papers promises them are understood, a dealer's program's among them (B15)."""

import pytest
from chassis.testing import paper_examples
from chassis.web import current_actor

ACCESS = paper_examples("access")


@pytest.mark.parametrize("name", ACCESS)
def test_an_access_token_as_promised_says_who_is_asking_and_for_whom(app, clock, foreign_paper, name) -> None:
    claims = ACCESS[name]
    token = foreign_paper("identity", "access", claims)
    with app.test_request_context(headers={"Authorization": f"Bearer {token}"}):
        actor = current_actor()
    belongs = [str(each) if each else None for each in (actor.provider_id, actor.dealer_id, actor.session_id)]
    assert belongs == [claims["provider"], claims["dealer"], claims["sid"]]
    assert (str(actor.account_id), actor.roles) == (claims["sub"], set(claims["roles"]))
