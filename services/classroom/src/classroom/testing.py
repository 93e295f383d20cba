"""Builders for tests: a provider with its people and a package, and a class at any point of its life.

A class is built by the same actions that requests use, so a test never starts from what could not exist.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from chassis.clock import shanghai_day, shanghai_midnight
from chassis.ids import new_id
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.apply_graduation import apply_graduation
from classroom.classes.actions.create_class import create_class
from classroom.classes.actions.decide import Said, decide
from classroom.classes.actions.prepare_opening import prepare_opening
from classroom.classes.actions.record_counts import record_counts
from classroom.classes.actions.save_courses import save_courses
from classroom.classes.actions.save_supervision import save_supervision
from classroom.classes.actions.store_bill import Bill, store_bill
from classroom.classes.actions.store_quote import Quote, store_quote
from classroom.classes.actions.submit_opening import submit_opening
from classroom.classes.models import (
    Application,
    KnownAccount,
    KnownCategory,
    KnownDealer,
    KnownProvider,
    PackageVersion,
    TrainingClass,
)
from classroom.classes.rules.applications import Decision, Stage
from classroom.classes.rules.class_types import ClassType
from classroom.classes.rules.courses import Replay
from classroom.classes.rules.supervision import CheckIn
from classroom.roster.actions.add_enrolment import add_enrolment
from classroom.roster.models import DocumentCipher
from classroom.roster.rules.document_numbers import check_digit
from classroom.study.testing import package_data

CIPHER = DocumentCipher(keys={1: b"k" * 32}, current=1, index_key=b"i" * 32, fingerprint_key=b"f" * 32)
APPROVED = Said(stage=None, decision=Decision.APPROVED, opinion="审核通过", reason="")
FEE_FEN = 7500


def staff_member(
    name: str, *roles: str, provider_id: uuid.UUID | None = None, dealer_id: uuid.UUID | None = None
) -> Actor:
    """An account with these roles."""
    return Actor(
        account_id=new_id(), name=name, roles=frozenset(roles), provider_id=provider_id, dealer_id=dealer_id
    )


@dataclass(frozen=True)
class World:
    """A provider, its dealer, their people, a category and an official package with an exam."""

    provider_id: uuid.UUID = field(default_factory=new_id)
    dealer_id: uuid.UUID = field(default_factory=new_id)
    category_id: uuid.UUID = field(default_factory=new_id)
    agreement_id: uuid.UUID = field(default_factory=new_id)
    package: dict[str, Any] = field(default_factory=package_data)
    people: dict[str, Actor] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        """`world.registrar` is the person of that key."""
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def a_world(session: Session, *, now: datetime) -> World:
    """Everything that other services would have announced."""
    world = World()
    own, dealt = {"provider_id": world.provider_id}, {"dealer_id": world.dealer_id}
    world.people.update(
        admin=staff_member("单位管理员", "provider_admin", **own),
        registrar=staff_member("教务老师", "registrar", **own),
        teacher=staff_member("张三", "class_teacher", **own),
        assistant=staff_member("李助教", "assistant", **own),
        business=staff_member("商务老师", "business_manager", **own),
        manager=staff_member("王经理", "account_manager", **dealt),
        manager2=staff_member("赵经理", "account_manager", **dealt),
        reviewer=staff_member("平台审核", "platform_reviewer"),
        reviewer2=staff_member("平台审核二", "platform_reviewer"),
    )
    session.add(
        KnownProvider(
            provider_id=world.provider_id,
            version=1,
            code="000240",
            name="某职业技能培训学校",
            dealer_id=world.dealer_id,
            active=True,
        )
    )
    session.add(
        KnownDealer(
            dealer_id=world.dealer_id,
            version=1,
            name="某省市某经销商",
            contact_name="王经理",
            contact_phone="13911223344",
            active=True,
        )
    )
    session.add(KnownCategory(category_id=world.category_id, version=1, name="电工", path=["就业", "电工"]))
    for person in world.people.values():
        session.add(known_account(person))
    session.add(published(world.package, now=now))
    session.flush()
    return world


def known_account(person: Actor, *, active: bool = True) -> KnownAccount:
    """The account as identity announced it."""
    return KnownAccount(
        account_id=person.account_id,
        version=1,
        name=person.name,
        roles=sorted(person.roles),
        provider_id=person.provider_id,
        dealer_id=person.dealer_id,
        active=active,
    )


def published(package: dict[str, Any], *, now: datetime) -> PackageVersion:
    """The package as catalog announced it."""
    owner = package["provider_id"]
    return PackageVersion(
        package_id=uuid.UUID(package["package_id"]),
        version=package["version"],
        provider_id=None if owner is None else uuid.UUID(owner),
        name=package["name"],
        data=package,
        received_at=now,
    )


def basics(world: World, *, now: datetime, **changes: Any) -> dict[str, Any]:
    """Step 1 of the wizard: a class of eleven that starts today and runs for thirty days."""
    start = shanghai_day(now)
    said = {
        "name": "某企业某岗位第1班",
        "start_day": start,
        "end_day": start + timedelta(days=29),
        "teacher_id": world.teacher.account_id,
        "assistant_ids": [world.assistant.account_id],
        "planned_headcount": 11,
        "region": {"province": "北京市", "city": "北京市", "district": "朝阳区"},
        "category_id": world.category_id,
        "training_enterprise": "某企业",
        "supervision_number": "",
        "announcement": "每天上课前线上签到。",
    }
    return {**said, **changes}


def courses(world: World, *, training_class: TrainingClass, **changes: Any) -> dict[str, Any]:
    """Step 2: the package with its exam on the last three days, three times fifteen minutes."""
    ends = shanghai_midnight(training_class.end_day)
    said = {
        "recorded": True,
        "package": {
            "package_id": uuid.UUID(world.package["package_id"]),
            "version": world.package["version"],
        },
        "minutes_per_class_hour": 45,
        "replay": Replay.NONE,
        "replay_until": None,
        "exam": {"opens_at": ends - timedelta(days=2), "closes_at": ends, "attempts": 3, "minutes": 15},
        "offline": False,
        "timetable": "",
    }
    return {**said, **changes}


def supervision(**changes: Any) -> dict[str, Any]:
    """Step 3: real-name and a check-in a day."""
    said = {"real_name": True, "check_in": CheckIn.ONCE, "daily_video_hours": 8, "study_windows": []}
    return {**said, **changes}


def a_draft(session: Session, world: World, *, now: datetime, **changes: Any) -> TrainingClass:
    """A class after step 1."""
    kind = changes.pop("type", ClassType.VOCATIONAL_SKILL)
    said = basics(world, now=now, **changes)
    return create_class(session, actor=world.registrar, class_type=kind, basics=said, now=now)


def a_ready_class(
    session: Session, world: World, *, now: datetime, people: int = 1, **changes: Any
) -> TrainingClass:
    """A class with all four steps done."""
    made = a_draft(session, world, now=now, **changes)
    about: dict[str, Any] = {"actor": world.registrar, "class_id": made.id, "now": now}
    save_courses(session, **about, version=made.version, courses=courses(world, training_class=made))
    save_supervision(session, **about, version=made.version, settings=supervision())
    for number in range(people):
        enrol(session, world, training_class=made, number=number, now=now)
    session.flush()
    return made


def enrol(
    session: Session,
    world: World,
    *,
    training_class: TrainingClass,
    number: int,
    now: datetime,
    **changes: Any,
) -> Any:
    """The `number`th person onto the roster."""
    enrolment, _ = add_enrolment(
        session,
        actor=world.registrar,
        class_id=training_class.id,
        person={**person(number), **changes},
        cipher=CIPHER,
        now=now,
    )
    return enrolment


def person(number: int) -> dict[str, str]:
    """Five columns that are right; each number is another person."""
    return {
        "name": f"学员{'甲乙丙丁戊己庚辛壬癸'[number % 10]}",
        "contact": f"1380013{number:04d}",
        "document_type": "居民身份证",
        "document_number": resident_number(number),
        "sex": "男" if number % 2 else "女",
    }


def resident_number(number: int, *, born: date = date(1990, 3, 7), region: str = "110105") -> str:
    """A valid resident ID; odd numbers are men's."""
    day = born + timedelta(days=number // 1000)
    front = f"{region}{day:%Y%m%d}{number % 1000:03d}"
    return front + check_digit(front)


def quote_for(world: World, application: Application, **changes: Any) -> Quote:
    """Billing's answer to a prepared opening."""
    said = {
        "priced": True,
        "agreement_id": world.agreement_id,
        "dealer_id": world.dealer_id,
        "per_head_fee_fen": FEE_FEN,
        "planned_headcount": application.planned_headcount,
        "amount_fen": application.planned_headcount * FEE_FEN,
    }
    return Quote(**{**said, **changes})


def prepared(
    session: Session, world: World, training_class: TrainingClass, *, now: datetime, waiver: str | None = None
) -> Application:
    """An opening whose quote has not arrived."""
    return prepare_opening(
        session, actor=world.teacher, class_id=training_class.id, waiver_reason=waiver, now=now
    )


def submitted(
    session: Session, world: World, training_class: TrainingClass, *, now: datetime, waiver: str | None = None
) -> Application:
    """An opening in its first review."""
    application = prepared(session, world, training_class, now=now, waiver=waiver)
    store_quote(session, application_id=application.id, quote=quote_for(world, application), now=now)
    return submit_opening(session, actor=world.business, application_id=application.id, version=None, now=now)


def approve(
    session: Session, actor: Actor, application: Application, *, now: datetime, **changes: Any
) -> Application:
    """One approval."""
    return decide(
        session, actor=actor, application_id=application.id, said=replace(APPROVED, **changes), now=now
    )


def reject(session: Session, actor: Actor, application: Application, *, now: datetime) -> Application:
    """One rejection."""
    said = Said(stage=None, decision=Decision.REJECTED, opinion="", reason="请核对学员名单")
    return decide(session, actor=actor, application_id=application.id, said=said, now=now)


def an_open_class(
    session: Session, world: World, *, now: datetime, people: int = 2, **changes: Any
) -> TrainingClass:
    """A class after both reviews of its opening."""
    made = a_ready_class(session, world, now=now, people=people, **changes)
    application = submitted(session, world, made, now=now)
    approve(session, world.manager, application, now=now, stage=Stage.FIRST)
    approve(session, world.reviewer, application, now=now, stage=Stage.SECOND)
    return made


def a_graduation(
    session: Session,
    world: World,
    training_class: TrainingClass,
    *,
    now: datetime,
    joined: int = 2,
    finished: int = 1,
) -> Application:
    """A graduation in its first review, counted and billed."""
    application = apply_graduation(
        session, actor=world.business, class_id=training_class.id, version=None, now=now
    )
    record_counts(
        session,
        class_id=training_class.id,
        epoch=application.epoch,
        joined_count=joined,
        finished_count=finished,
        now=now,
    )
    bill = bill_for(application)
    return store_bill(session, application_id=application.id, bill=bill, now=now)


def bill_for(application: Application, **changes: Any) -> Bill:
    """Billing's answer to the counts: everybody who joined, at the fee."""
    said = {
        "epoch": application.epoch,
        "joined_count": application.joined_count,
        "finished_count": application.finished_count,
        "billed_headcount": application.joined_count,
        "per_head_fee_fen": FEE_FEN,
        "amount_fen": (application.joined_count or 0) * FEE_FEN,
    }
    return Bill(**{**said, **changes})
