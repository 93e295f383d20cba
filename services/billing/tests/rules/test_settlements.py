"""B7: what a bank settlement must agree with."""

from dataclasses import replace
from uuid import UUID

import pytest
from billing.rules.settlements import (
    AmountMismatch,
    Owed,
    PayerMismatch,
    SeveralDealers,
    check_bank_settlement,
    payer_names,
    same_account_name,
)
from chassis.ids import new_id

DEALER, OTHER = UUID(int=1), UUID(int=2)
NAME = "某省某市某区某职业技能培训学校(有限公司)"


def check(*owed: Owed, payer: str = NAME, amount: int) -> int:
    return check_bank_settlement(
        owed=owed, payer_account_name=payer, provider_account_name=NAME, amount_fen=amount
    )


ONE = Owed(UUID(int=11), DEALER, 75_000)
TWO = Owed(UUID(int=12), DEALER, 2_501)
FOREIGN = Owed(UUID(int=13), OTHER, 1)


def test_the_amount_is_the_sum_of_the_orders() -> None:
    assert check(ONE, TWO, amount=77_501) == 77_501


@pytest.mark.parametrize("amount", [0, 77_500, 77_502, 75_000])
def test_any_other_amount_is_refused_at_its_field(amount: int) -> None:
    with pytest.raises(AmountMismatch) as refused:
        check(ONE, TWO, amount=amount)
    assert [field.field for field in refused.value.fields] == ["/amount"]
    assert "775.01" in refused.value.fields[0].message


def test_orders_of_two_dealers_are_refused_at_the_first_foreign_one() -> None:
    with pytest.raises(SeveralDealers) as refused:
        check(ONE, TWO, FOREIGN, amount=77_502)
    assert [field.field for field in refused.value.fields] == ["/order_ids/2"]


OLD = "某省某市技工学校"


@pytest.mark.parametrize(
    ("made_under", "names"),
    [
        ((OLD,), [NAME, OLD]),
        ((OLD, OLD), [NAME, OLD]),
        ((OLD, NAME), [NAME]),
        ((OLD, None), [NAME]),
        ((None,), [NAME]),
        ((NAME,), [NAME]),
    ],
)
def test_orders_are_paid_under_the_present_name_or_the_one_that_all_were_made_under(
    made_under, names
) -> None:
    owed = [replace(ONE, order_id=new_id(), payer_account_name=name) for name in made_under]
    assert payer_names(owed=owed, provider_account_name=NAME) == names
    for payer in (NAME, OLD):
        if payer in names:
            assert check(*owed, payer=payer, amount=75_000 * len(owed)) == 75_000 * len(owed)
        else:
            with pytest.raises(PayerMismatch):
                check(*owed, payer=payer, amount=75_000 * len(owed))


@pytest.mark.parametrize("payer", ["", "某个人", NAME + "分校", NAME[:-1]])
def test_another_payer_is_refused(payer: str) -> None:
    with pytest.raises(PayerMismatch) as refused:
        check(ONE, payer=payer, amount=75_000)
    assert [field.field for field in refused.value.fields] == ["/payer_account_name"]


def test_width_and_spaces_make_no_difference_to_a_name() -> None:
    assert same_account_name(NAME, " 某省某市某区某职业技能培训学校（有限公司） ")
    assert same_account_name("ＡＢＣ 培训", "ABC培训")
    assert not same_account_name("甲培训", "乙培训")
