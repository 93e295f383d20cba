import pytest
import sqlalchemy as sa
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from supervision.real_name.actions.consent import ConsentNeeded, give_consent, withdraw_consent
from supervision.real_name.actions.verify_real_name import RealNameRefused, verify_real_name
from supervision.real_name.models import Consent, RealName
from supervision.real_name.queries.real_names import real_name_of, standing_consent
from supervision.real_name.rules.verifying import Claim, RosterMatch, Verdict
from supervision.testing import Classroom, a_photo, files_in


def verify(session, classroom, *, store, now, agreed=True, photo=None, verifier=None, **changes):
    return verify_real_name(
        session,
        ticket=classroom.ticket(**changes),
        agreed=agreed,
        photo=photo or a_photo(),
        verifier=verifier or RosterMatch(),
        store=store,
        now=now,
    )


def test_a_matched_learner_is_verified_with_consent_and_reference_photo(
    session, classroom, store, clock
) -> None:
    done = verify(session, classroom, store=store, now=clock.now)
    assert done.fresh
    assert (done.record.verifier, done.record.verified_at) == ("roster_match", clock.now)
    assert store.exists(done.record.photo_key)
    consent = standing_consent(session, classroom.account_id)
    assert consent is not None
    assert consent.given_at == clock.now


def test_once_per_account_and_document_serves_later_classes(session, classroom, store, clock, folder) -> None:
    first = verify(session, classroom, store=store, now=clock.now)
    later = Classroom(now=clock.now, account_id=classroom.account_id)
    later.announce(session)
    again = verify(session, later, store=store, now=clock.advance(days=1))
    assert (again.fresh, again.record.id) == (False, first.record.id)
    assert len(files_in(folder)) == 1


def test_a_namesake_with_another_document_is_verified_anew(session, classroom, store, clock, folder) -> None:
    """S1: the same account has joined another class by another document number."""
    first = verify(session, classroom, store=store, now=clock.now)
    namesake = Classroom(now=clock.now, account_id=classroom.account_id, document="another")
    namesake.announce(session)
    assert real_name_of(session, namesake.ticket()) is None
    second = verify(session, namesake, store=store, now=clock.now)
    assert (second.fresh, second.record.document) == (True, "another")
    assert second.record.id != first.record.id
    assert len(files_in(folder)) == 2


def test_a_verdict_of_an_earlier_release_counts_for_its_own_enrolment_alone(
    session, classroom, store, clock
) -> None:
    before = verify(session, classroom, store=store, now=clock.now).record
    before.document = None
    session.flush()
    assert verify(session, classroom, store=store, now=clock.now).record.id == before.id
    later = Classroom(now=clock.now, account_id=classroom.account_id)
    later.announce(session)
    assert verify(session, later, store=store, now=clock.now).fresh


def test_the_database_keeps_one_verdict_per_account_and_document(session, classroom, store, clock) -> None:
    record = verify(session, classroom, store=store, now=clock.now).record
    columns = {column.name: getattr(record, column.name) for column in RealName.__table__.columns}
    with pytest.raises(sa.exc.IntegrityError, match=r"uq_real_names_document|real_names\.document"):
        session.execute(sa.insert(RealName).values({**columns, "id": new_id()}))


def test_a_verifier_is_given_the_sealed_identity_as_it_came(session, classroom, store, clock) -> None:
    class Authority:
        name = "authority"
        seen: str | None = None

        def verify(self, claim: Claim) -> Verdict:
            Authority.seen = claim.sealed
            return Verdict(accepted=claim.document == classroom.document)

    assert verify(session, classroom, store=store, now=clock.now, verifier=Authority(), sealed="a box").fresh
    assert Authority.seen == "a box"


def test_without_consent_nothing_is_kept(session, classroom, store, clock, folder) -> None:
    with pytest.raises(ConsentNeeded):
        verify(session, classroom, store=store, now=clock.now, agreed=False)
    assert files_in(folder) == []
    assert session.query(RealName).count() == session.query(Consent).count() == 0


@pytest.mark.parametrize("how", [{"matched": False}, {"photo": a_photo(width=60, height=60)}])
def test_a_refusal_says_why_and_keeps_no_photo(session, classroom, store, clock, folder, how) -> None:
    with pytest.raises(RealNameRefused) as refused:
        verify(session, classroom, store=store, now=clock.now, **how)
    assert refused.value.fields[0].field == "/photo"
    assert files_in(folder) == []


def test_another_verifier_can_take_its_place(session, classroom, store, clock) -> None:
    class Strict:
        name = "strict"

        def verify(self, claim: Claim) -> Verdict:
            return Verdict(accepted=False, reason="照片与证件不一致")

    with pytest.raises(RealNameRefused, match="照片与证件不一致"):
        verify(session, classroom, store=store, now=clock.now, verifier=Strict())


def test_a_consent_can_be_withdrawn_and_given_anew(session, classroom, clock) -> None:
    first = give_consent(session, account_id=classroom.account_id, agreed=True, now=clock.now)
    assert give_consent(session, account_id=classroom.account_id, agreed=True, now=clock.now).id == first.id
    withdraw_consent(session, account_id=classroom.account_id, now=clock.advance(hours=1))
    assert standing_consent(session, classroom.account_id) is None
    second = give_consent(session, account_id=classroom.account_id, agreed=True, now=clock.now)
    assert second.id != first.id
    assert session.query(Consent).count() == 2


def test_consenting_and_withdrawing_at_once_never_break(committed, clock) -> None:
    account_id = new_id()

    def give() -> None:
        with committed.sessions() as session, transaction(session):
            give_consent(session, account_id=account_id, agreed=True, now=clock.now)

    def withdraw() -> None:
        with committed.sessions() as session, transaction(session):
            withdraw_consent(session, account_id=account_id, now=clock.now)

    give()
    for _ in range(10):
        assert race(give, withdraw, give, withdraw) == [None] * 4
    with committed.sessions() as session:
        standing = session.query(Consent).filter(Consent.withdrawn_at.is_(None)).count()
        assert standing <= 1


def test_two_at_once_leave_one_verdict_and_one_photo(committed, store, clock, folder) -> None:
    with committed.sessions() as session, transaction(session):
        classroom = Classroom(now=clock.now)
        classroom.announce(session)

    def run() -> bool:
        with committed.sessions() as session, transaction(session):
            return verify(session, classroom, store=store, now=clock.now).fresh

    assert sorted(race(run, run, run)) == [False, False, True]
    with committed.sessions() as session:
        assert session.query(RealName).count() == session.query(Consent).count() == 1
    assert len(files_in(folder)) == 1
