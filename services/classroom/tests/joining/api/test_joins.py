"""K15: joining with name, document number and class password."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from chassis.clock import now as real_now
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from classroom.classes.models import AuditEntry, TrainingClass
from classroom.joining.models import JoinTries
from classroom.joining.testing import enrol, graduation_applied, open_training_class
from classroom.roster.models import DocumentCipher, Enrolment
from classroom.study.models import StudyLearner
from classroom.study.testing import package_data

JOINS = "/api/v1/classroom/joins"
GOOD = {"name": "买买提·艾力", "document_number": "E12345678", "class_password": "438611"}


@pytest.fixture
def cipher(app) -> DocumentCipher:
    return DocumentCipher.from_settings(app.extensions["kaike.runtime"].settings)


@pytest.fixture
def roster(session, clock, cipher):
    """An open class with one person on its roster."""
    opened = open_training_class(session, now=clock.now, package=package_data())
    return enrol(
        session, training_class=opened, cipher=cipher, name=GOOD["name"], number="E12345678", now=clock.now
    )


@pytest.fixture
def learner(actor):
    return actor("learner", name="手机用户1")


def claims_of(app, token: str, typ: str) -> dict:
    papers = app.extensions["kaike.runtime"].papers
    return papers.read(token, typ=typ, issuer="classroom", now=real_now(), expired_ok=True)


def test_all_three_right_gives_the_enrolment_and_its_ticket(client, learner, roster, app, session):
    answer = client.as_(learner).post(JOINS, json=GOOD)
    assert answer.status_code == 200, answer.json
    assert answer.json["class_id"] == str(roster.class_id)
    claims = claims_of(app, answer.json["ticket"], "ticket")
    assert claims["sub"] == str(learner.account_id)
    assert claims["enr"] == str(roster.id)
    assert claims["cls"] == str(roster.class_id)
    assert (claims["matched"], claims["epoch"], claims["pkg"]["version"]) == (True, 1, 1)
    assert claims["exp"] - claims["nbf"] == 3600
    session.refresh(roster)
    assert (roster.account_id, roster.account_name) == (learner.account_id, "手机用户1")
    assert session.get(StudyLearner, roster.id).account_id == learner.account_id
    announced = sa.text("SELECT count(*) FROM bus_outbox WHERE type = 'classroom.enrolment.changed.v1'")
    assert session.scalar(announced) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "买买提 • 艾力"},
        {"name": " 买买提．艾力 "},
        {"name": "买买提。艾力"},
        {"name": "买买提艾力"},
        {"document_number": " ｅ12345678 "},
        {"class_password": " 438611"},
        {"class_password": "４３８ ６１１"},
        {"class_password": "438-611\n"},
        {"document_number": "e1234\u200b5678"},
        {"document_number": "E 123‑45678\t"},
    ],
)
def test_width_spaces_and_any_middle_dot_or_none_make_no_difference(client, learner, roster, changed):
    assert client.as_(learner).post(JOINS, json={**GOOD, **changed}).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"name": "买买提"}, {"document_number": "E12345679"}, {"class_password": "438612"}]
)
def test_whichever_is_wrong_the_answer_is_the_same(client, learner, roster, wrong):
    answer = client.as_(learner).post(JOINS, json={**GOOD, **wrong})
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.joining.refused")
    assert answer.json["detail"] == "姓名、证件号码或班级密码不正确"
    assert "errors" not in answer.json


def test_a_class_in_graduation_review_is_not_joined(client, learner, roster, session, clock):
    graduation_applied(session, training_class=session.get_one(TrainingClass, roster.class_id), now=clock.now)
    answer = client.as_(learner).post(JOINS, json=GOOD)
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.joining.refused")


def test_somebody_on_two_rosters_joins_the_class_of_the_password(
    client, learner, roster, session, clock, cipher
):
    other = open_training_class(session, now=clock.now, package=package_data(), password="438612")
    enrol(session, training_class=other, cipher=cipher, name=GOOD["name"], number="E12345678", now=clock.now)
    for password, class_id in (("438612", other.id), ("438611", roster.class_id)):
        joined = client.as_(learner).post(JOINS, json={**GOOD, "class_password": password})
        assert (joined.status_code, joined.json["class_id"]) == (200, str(class_id))


@pytest.mark.parametrize(
    ("name", "number", "status"),
    [
        (GOOD["name"], "E99999999", 200),  # the same person with another document
        ("买买提", "E12345678", 200),  # a name that was mended
        ("古丽", "E99999999", 409),
    ],
)
def test_an_account_is_one_person_in_all_its_classes(
    client, learner, roster, session, clock, cipher, name, number, status
):
    other = open_training_class(session, now=clock.now, package=package_data(), password="438612")
    enrol(session, training_class=other, cipher=cipher, name=name, number=number, now=clock.now)
    assert client.as_(learner).post(JOINS, json=GOOD).status_code == 200
    said = {"name": name, "document_number": number, "class_password": "438612"}
    answer = client.as_(learner).post(JOINS, json=said)
    assert answer.status_code == status, answer.json
    if status == 409:
        assert answer.json["code"] == "classroom.joining.account_of_another"


def test_a_join_stands_in_the_log_with_who_and_when(client, learner, roster, session, clock):
    client.as_(learner).post(JOINS, json=GOOD)
    line = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "join")).one()
    assert (line.class_id, line.actor_id, line.at) == (roster.class_id, learner.account_id, clock.now)
    assert GOOD["document_number"] not in line.summary


def test_joining_again_with_the_same_account_is_harmless(client, learner, roster):
    first, second = (client.as_(learner).post(JOINS, json=GOOD) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json["enrolment_id"] == second.json["enrolment_id"]


def test_another_account_cannot_take_the_enrolment(client, learner, roster, actor):
    client.as_(learner).post(JOINS, json=GOOD)
    answer = client.as_(actor("learner")).post(JOINS, json=GOOD)
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.joining.enrolment_taken")


def test_one_account_has_one_enrolment_in_a_class(client, learner, roster, session, clock, cipher):
    training_class = session.get_one(TrainingClass, roster.class_id)
    enrol(session, training_class=training_class, cipher=cipher, name="李四", number="E2", now=clock.now)
    client.as_(learner).post(JOINS, json=GOOD)
    answer = client.as_(learner).post(JOINS, json={**GOOD, "name": "李四", "document_number": "E2"})
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.joining.account_has_enrolment")


def test_five_wrong_tries_of_an_account_then_a_wait(client, learner, roster, clock):
    wrong = {**GOOD, "name": "李四"}
    for number in range(5):
        said = client.as_(learner).post(JOINS, json=wrong, headers={"X-Forwarded-For": f"10.0.0.{number}"})
        assert said.status_code == 422
    blocked = client.as_(learner).post(JOINS, json=GOOD, headers={"X-Forwarded-For": "10.0.0.9"})
    assert (blocked.status_code, blocked.json["code"]) == (429, "classroom.joining.too_many_tries")
    assert int(blocked.headers["Retry-After"]) == 900
    clock.advance(minutes=15)
    assert client.as_(learner).post(JOINS, json=GOOD).status_code == 200


def behind(host: int) -> dict[str, str]:
    """Each host has an address of its own."""
    return {"X-Forwarded-For": f"10.0.{host // 200}.{host % 200}"}


def test_a_right_join_does_not_clear_the_accounts_wrong_tries(client, learner, roster):
    """Else who has an enrolment of their own would guess at others without end."""
    for _ in range(4):
        client.as_(learner).post(JOINS, json={**GOOD, "name": "李四"})
    assert client.as_(learner).post(JOINS, json=GOOD).status_code == 200
    assert client.as_(learner).post(JOINS, json={**GOOD, "name": "李四"}).status_code == 422
    assert client.as_(learner).post(JOINS, json=GOOD).status_code == 429


def test_a_hundred_wrong_tries_from_an_address_stop_its_other_accounts(client, roster, actor):
    for number in range(100):
        wrong = {**GOOD, "document_number": f"E{number}", "class_password": "000000"}
        wrong["name"] = f"学员{'一二三四五六七八九十'[number // 10]}"
        assert client.as_(actor("learner")).post(JOINS, json=wrong, headers=behind(1)).status_code == 422
    assert client.as_(actor("learner")).post(JOINS, json=GOOD, headers=behind(1)).status_code == 429
    assert client.as_(actor("learner")).post(JOINS, json=GOOD, headers=behind(2)).status_code == 200


def test_addresses_of_one_ipv6_network_are_counted_as_one(client, roster, actor, session):
    for host in range(3):
        client.as_(actor("learner")).post(
            JOINS, json={**GOOD, "name": "李四"}, headers={"X-Forwarded-For": f"2001:db8::{host}"}
        )
    counts = sorted(session.scalars(sa.select(JoinTries.wrong)))
    assert counts == [1, 1, 1, 3, 3, 3, 3]  # three accounts; the address; the enrolment by each two


@pytest.mark.parametrize("wrong", ["name", "document_number", "class_password"])
def test_ten_wrong_tries_at_an_enrolment_from_many_accounts_and_addresses_stop_everybody(
    client, roster, actor, clock, wrong
):
    for number in range(10):
        guess = {**GOOD, wrong: {"name": f"李{'一二三四五六七八九十'[number]}"}.get(wrong, f"00000{number}")}
        said = client.as_(actor("learner")).post(JOINS, json=guess, headers=behind(number))
        assert said.status_code == 422
    right = client.as_(actor("learner")).post(JOINS, json=GOOD, headers=behind(11))
    assert (right.status_code, right.json["code"]) == (429, "classroom.joining.too_many_tries")
    clock.advance(minutes=15)
    assert client.as_(actor("learner")).post(JOINS, json=GOOD, headers=behind(12)).status_code == 200


def test_the_wait_at_an_enrolment_says_nothing_of_whether_it_exists(client, roster, actor):
    """A person who is on no roster is answered exactly as one who is."""
    answers = []
    for number in range(11):
        guess = {"name": "不在册", "document_number": f"E{number}", "class_password": "111111"}
        said = client.as_(actor("learner")).post(JOINS, json=guess, headers=behind(number))
        answers.append((said.status_code, said.json["code"]))
    assert answers == [
        *[(422, "classroom.joining.refused")] * 10,
        (429, "classroom.joining.too_many_tries"),
    ]


def test_a_classroom_of_fifty_behind_one_address_joins_with_twenty_typos(
    client, roster, actor, session, clock, cipher
):
    training_class = session.get_one(TrainingClass, roster.class_id)
    others = [
        {
            "name": f"学员{chr(0x4E00 + number)}",
            "document_number": f"E7654{number:04}",
            "class_password": "438611",
        }
        for number in range(49)
    ]
    people = [GOOD, *others]
    for person in others:
        enrol(
            session, training_class=training_class, cipher=cipher, name=person["name"],
            number=person["document_number"], now=clock.now,
        )  # fmt: skip
    accounts = [client.as_(actor("learner")) for _ in people]
    typos = {0: 5, 1: 4, 2: 3, 3: 2, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1}
    assert sum(typos.values()) == 20
    for number, times in typos.items():
        for _ in range(times):
            typo = {**people[number], "document_number": people[number]["document_number"][::-1]}
            assert accounts[number].post(JOINS, json=typo, headers=behind(1)).status_code == 422
    answers = [
        account.post(JOINS, json=person, headers=behind(1)).status_code
        for account, person in zip(accounts, people, strict=True)
    ]
    assert answers == [429, *[200] * 49]


def test_a_refused_join_gives_its_idempotency_key_back(client, learner, roster):
    key = {"Idempotency-Key": "join-1"}
    assert client.as_(learner).post(JOINS, json={**GOOD, "name": "李四"}, headers=key).status_code == 422
    assert client.as_(learner).post(JOINS, json=GOOD, headers=key).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "/name"),
        ({**GOOD, "phone": "1"}, "/phone"),
        ({**GOOD, "class_password": 438611}, "/class_password"),
    ],
)
def test_bad_input_names_the_field(client, learner, roster, body, field):
    answer = client.as_(learner).post(JOINS, json=body)
    assert answer.status_code == 422
    assert field in [each["field"] for each in answer.json["errors"]]


def test_neither_staff_nor_nobody_joins(client, actor, roster):
    assert client.anonymous.post(JOINS, json=GOOD).status_code == 401
    assert client.as_(actor("registrar", provider_id=new_id())).post(JOINS, json=GOOD).status_code == 403


class Committed:
    """The same on a database of its own."""

    def __init__(self, committed, clock, *, people=(GOOD,)) -> None:
        self.committed = committed
        cipher = DocumentCipher.from_settings(committed.settings)
        with committed.sessions() as session, transaction(session):
            opened = open_training_class(session, now=clock.now, package=package_data())
            for each in people:
                enrol(
                    session, training_class=opened, cipher=cipher, name=each["name"],
                    number=each["document_number"], now=clock.now,
                )  # fmt: skip

    def scalar(self, statement):
        with self.committed.sessions() as session:
            return session.scalar(statement)


def test_two_accounts_with_one_enrolment_at_once_leave_one_winner(committed, clock, actor):
    world = Committed(committed, clock)
    accounts = [actor("learner") for _ in range(2)]
    answers = race(*(lambda who=who: committed.client.as_(who).post(JOINS, json=GOOD) for who in accounts))
    assert sorted(each.status_code for each in answers) == [200, 409]
    winner = next(who for who, each in zip(accounts, answers, strict=True) if each.status_code == 200)
    assert world.scalar(sa.select(Enrolment.account_id)) == winner.account_id


def test_one_account_with_two_enrolments_at_once_gets_one(committed, clock, actor):
    other = {**GOOD, "name": "李四", "document_number": "E2"}
    world = Committed(committed, clock, people=(GOOD, other))
    who = actor("learner")
    answers = race(
        *(lambda body=body: committed.client.as_(who).post(JOINS, json=body) for body in (GOOD, other))
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    taken = sa.select(sa.func.count()).select_from(Enrolment).where(Enrolment.account_id.is_not(None))
    assert world.scalar(taken) == 1


def test_wrong_tries_stay_counted_though_the_answer_is_a_failure_and_many_at_once_are_still_five(
    committed, clock, actor
):
    world = Committed(committed, clock)
    who = actor("learner")
    wrong = {**GOOD, "name": "李四"}
    answers = race(*(lambda: committed.client.as_(who).post(JOINS, json=wrong) for _ in range(8)))
    assert sorted(each.status_code for each in answers) == [422] * 5 + [429] * 3
    assert world.scalar(sa.select(sa.func.max(JoinTries.wrong))) == 5


def test_many_accounts_at_once_get_no_eleventh_try_at_one_enrolment(committed, clock, actor):
    world = Committed(committed, clock)
    clients = [committed.client.as_(actor("learner")) for _ in range(14)]
    answers = race(
        *(
            lambda who=who, number=number: who.post(
                JOINS, json={**GOOD, "document_number": f"E{number}"}, headers=behind(number)
            )
            for number, who in enumerate(clients)
        )
    )
    assert sorted(each.status_code for each in answers) == [422] * 10 + [429] * 4
    assert world.scalar(sa.select(sa.func.max(JoinTries.wrong))) == 10
