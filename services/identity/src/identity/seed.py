"""The demo data of `make run`: one of each role, and a second provider and dealer that must see nothing of them.

The passwords are constant and public, so this refuses to run in production.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from chassis.web import runtime
from flask import has_app_context
from sqlalchemy.orm import Session

from identity import events
from identity.actions.hashing import Hasher
from identity.actions.organisations import next_serial
from identity.models import Account, Dealer, Grant, Provider
from identity.rules.roles import DEALER_ROLES, PROVIDER_ROLES
from identity.rules.serials import dealer_code, provider_code

DEMO_PASSWORD = "kaike-demo-2026"


def _id(number: int) -> uuid.UUID:
    """Ids that other services' demo data can rely on."""
    return uuid.UUID(f"01a20000-0000-7000-8000-{number:012d}")


DEMO_DEALER_ID = _id(1)
SECOND_DEALER_ID = _id(2)
DEMO_PROVIDER_ID = _id(11)
SECOND_PROVIDER_ID = _id(12)


class SeedRefused(RuntimeError):
    """Public passwords have no place in production."""


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """One account of the demo; `login` is what is typed at sign-in, for learners their mobile number."""

    id: uuid.UUID
    login: str
    name: str
    roles: tuple[str, ...]
    who: str
    provider_id: uuid.UUID | None = None
    dealer_id: uuid.UUID | None = None

    @property
    def password(self) -> str:
        """The same for all."""
        return DEMO_PASSWORD

    @property
    def is_learner(self) -> bool:
        """Learners are known by their mobile number."""
        return self.roles == ("learner",)


def _staff(number: int, login: str, name: str, role: str, who: str, **place: Any) -> DemoAccount:
    return DemoAccount(id=_id(100 + number), login=login, name=name, roles=(role,), who=who, **place)


_OWN = {"provider_id": DEMO_PROVIDER_ID}
_OTHER = {"provider_id": SECOND_PROVIDER_ID}
_DEALER = {"dealer_id": DEMO_DEALER_ID}
_SECOND = {"dealer_id": SECOND_DEALER_ID}
LEARNER_NAMES = (
    "王芳",
    "李强",
    "张敏",
    "刘洋",
    "陈静",
    "杨帆",
    "赵磊",
    "黄丽",
    "周杰",
    "吴婷",
    "徐鹏",
    "孙悦",
)

DEMO_ACCOUNTS: tuple[DemoAccount, ...] = (
    _staff(1, "platform", "平台管理员", "platform_admin", "platform administrator 平台管理员"),
    _staff(2, "reviewer", "平台审核员", "platform_reviewer", "platform reviewer, second review 平台审核员"),
    _staff(3, "manager", "商务专员", "account_manager", "account manager, first review 商务专员", **_DEALER),
    _staff(4, "finance", "经销商财务", "dealer_finance", "finance of the dealer 经销商财务", **_DEALER),
    _staff(5, "admin", "单位管理员", "provider_admin", "provider administrator 培训单位管理员", **_OWN),
    _staff(6, "registrar", "教务老师", "registrar", "registrar 教务老师", **_OWN),
    _staff(7, "teacher", "班主任", "class_teacher", "class teacher 班主任", **_OWN),
    _staff(8, "assistant", "助教", "assistant", "assistant 助教", **_OWN),
    _staff(9, "business", "商务管理", "business_manager", "business manager 商务管理", **_OWN),
    _staff(
        10, "admin2", "第二单位管理员", "provider_admin", "administrator of the second provider", **_OTHER
    ),
    _staff(11, "registrar2", "第二单位教务", "registrar", "registrar of the second provider", **_OTHER),
    _staff(
        12, "manager2", "第二商务专员", "account_manager", "account manager of the second dealer", **_SECOND
    ),
    _staff(13, "finance2", "第二经销商财务", "dealer_finance", "finance of the second dealer", **_SECOND),
    *(
        DemoAccount(
            id=_id(200 + number),
            login=f"{13900000000 + number}",
            name=name,
            roles=("learner",),
            who=f"learner {number} 学员（也可用短信验证码）",
        )
        for number, name in enumerate(LEARNER_NAMES, start=1)
    ),
)


def demo_accounts() -> list[dict[str, str]]:
    """login, password and who, for the list that `make run` prints."""
    return [{"login": a.login, "password": DEMO_PASSWORD, "who": a.who} for a in DEMO_ACCOUNTS]


def seed(session: Session, now: datetime) -> None:
    """Make what is missing of the demo data, as it would have been made by hand; what is there stays as it is.

    Raises SeedRefused in production.
    """
    if has_app_context() and runtime().settings.env == "production":
        raise SeedRefused("the demo accounts have public passwords: KAIKE_ENV=production must not load them")
    for dealer in _dealers(now):
        if session.get(Dealer, dealer.id) is None:
            dealer.code = dealer_code(next_serial(session, "dealer"))
            session.add(dealer)
            session.flush()
            events.dealer_changed(session, dealer, now=now)
    for provider in _providers(now):
        if session.get(Provider, provider.id) is None:
            provider.code = provider_code(next_serial(session, "provider"))
            session.add(provider)
            session.flush()
            events.provider_changed(session, provider, now=now)
    there = {name for row in session.execute(sa.select(Account.login, Account.mobile)) for name in row}
    missing = [demo for demo in DEMO_ACCOUNTS if demo.login not in there]
    if missing:
        # One hash for all of them: the password is public, and a start should not take longer for it.
        password_hash = Hasher().hash(DEMO_PASSWORD)
        for demo in missing:
            _add(session, demo, password_hash, now)


def _dealers(now: datetime) -> list[Dealer]:
    common = {"active": True, "created_at": now, "updated_at": now}
    return [
        Dealer(
            id=DEMO_DEALER_ID,
            name="云帆教育科技有限公司",
            bank_account_name="云帆教育科技有限公司",
            bank_name="中国工商银行杭州高新支行",
            bank_account_number="1202026519800012345",
            contact_name="钱伟",
            contact_phone="0571-88000001",
            **common,
        ),
        Dealer(
            id=SECOND_DEALER_ID,
            name="远航职教服务有限公司",
            bank_account_name="远航职教服务有限公司",
            bank_name="中国建设银行成都天府支行",
            bank_account_number="5105018836000045678",
            contact_name="何琳",
            contact_phone="028-86000002",
            **common,
        ),
    ]


def _providers(now: datetime) -> list[Provider]:
    common = {"active": True, "created_at": now, "updated_at": now}
    first, second = "新程职业技能培训学校", "启明职业培训中心"
    return [
        Provider(id=DEMO_PROVIDER_ID, name=first, account_name=first, dealer_id=DEMO_DEALER_ID, **common),
        Provider(
            id=SECOND_PROVIDER_ID, name=second, account_name=second, dealer_id=SECOND_DEALER_ID, **common
        ),
    ]


def _add(session: Session, demo: DemoAccount, password_hash: str, now: datetime) -> None:
    account = Account(
        id=demo.id,
        login=None if demo.is_learner else demo.login,
        mobile=demo.login if demo.is_learner else None,
        mobile_verified_at=now if demo.is_learner else None,
        name=demo.name,
        password_hash=password_hash,
        active=True,
        provider_id=demo.provider_id,
        dealer_id=demo.dealer_id,
        created_at=now,
        updated_at=now,
    )
    session.add(account)
    session.flush()
    for role in demo.roles:
        provider_id = demo.provider_id if role in PROVIDER_ROLES else None
        dealer_id = demo.dealer_id if role in DEALER_ROLES else None
        session.add(Grant(account_id=demo.id, role=role, provider_id=provider_id, dealer_id=dealer_id))
    session.flush()
    session.expire(account, ["grants"])
    events.account_changed(session, account, was_staff=False, now=now)
