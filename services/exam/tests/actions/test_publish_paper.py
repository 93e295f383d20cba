import pytest
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from exam.actions.change_question import change_question
from exam.actions.publish_paper import NothingToPublish, publish_paper
from exam.actions.write_paper import PaperDraft, PaperUnsound, change_paper
from exam.actions.write_questions import QuestionDraft
from exam.models import Paper, Question
from exam.queries.papers import PaperNotFound
from exam.rules.shelves import Shelf
from exam.testing import THREE_KINDS, published_paper

OFFICIAL = Shelf(None)


def draft_of(paper: Paper, **changes) -> PaperDraft:
    said = {
        "title": paper.title,
        "pass_score": paper.pass_score,
        "seconds": paper.seconds,
        "shuffle_questions": paper.shuffle_questions,
        "shuffle_options": paper.shuffle_options,
        "questions": tuple((place.question_id, place.score) for place in paper.questions),
    }
    return PaperDraft(**{**said, **changes})


def test_publishing_freezes_the_questions_and_announces_them(session, clock, announced) -> None:
    version = published_paper(session, now=clock.now)
    assert [(question.kind, question.answer, question.score) for question in version.questions] == [
        ("single_choice", ["A"], 20),
        ("multiple_choice", ["A", "C"], 50),
        ("true_false", ["F"], 30),
    ]
    (said,) = announced("exam.paper.published.v1")
    assert (said["kind"], said["version"], said["total_score"], said["seconds"]) == ("exam", 1, 100, 900)
    assert said["paper_version_id"] == str(version.id)


def test_an_unchanged_paper_is_not_published_again(session, clock) -> None:
    version = published_paper(session, now=clock.now)
    with pytest.raises(NothingToPublish):
        publish_paper(session, paper_id=version.paper_id, shelf=OFFICIAL, publisher=new_id(), now=clock.now)


def test_a_change_is_a_new_version_and_the_old_one_stays(session, clock) -> None:
    first = published_paper(session, now=clock.now)
    paper = session.get_one(Paper, first.paper_id)
    change_paper(
        session,
        paper_id=paper.id,
        draft=draft_of(paper, title="改名"),
        shelf=OFFICIAL,
        expected=paper.version,
        now=clock.now,
    )
    second = publish_paper(session, paper_id=paper.id, shelf=OFFICIAL, publisher=new_id(), now=clock.now)
    session.expire_all()
    assert (first.number, first.title, second.number, second.title) == (1, "结业考试", 2, "改名")


def test_an_edited_question_reaches_the_next_version_only(session, clock) -> None:
    first = published_paper(session, now=clock.now)
    asked = first.questions[0].question_id
    question = session.get_one(Question, asked)
    draft = QuestionDraft(
        kind=THREE_KINDS[0].kind, text="新题干", options=THREE_KINDS[0].options, answer=("B",)
    )
    change_question(
        session, question_id=asked, draft=draft, shelf=OFFICIAL, expected=question.version, now=clock.now
    )
    second = publish_paper(
        session, paper_id=first.paper_id, shelf=OFFICIAL, publisher=new_id(), now=clock.now
    )
    session.expire_all()
    assert (first.questions[0].text, first.questions[0].answer) == ("单选", ["A"])
    assert (second.questions[0].text, second.questions[0].answer) == ("新题干", ["B"])


def test_a_paper_without_questions_is_not_published(session, clock) -> None:
    version = published_paper(session, now=clock.now)
    paper = session.get_one(Paper, version.paper_id)
    change_paper(
        session,
        paper_id=paper.id,
        draft=draft_of(paper, questions=()),
        shelf=OFFICIAL,
        expected=paper.version,
        now=clock.now,
    )
    with pytest.raises(PaperUnsound) as refused:
        publish_paper(session, paper_id=paper.id, shelf=OFFICIAL, publisher=new_id(), now=clock.now)
    assert [error.field for error in refused.value.fields] == ["/questions", "/pass_score"]


def test_nobody_publishes_another_providers_paper(session, clock) -> None:
    version = published_paper(session, now=clock.now, provider_id=new_id())
    for shelf in (OFFICIAL, Shelf(new_id())):
        with pytest.raises(PaperNotFound):
            publish_paper(session, paper_id=version.paper_id, shelf=shelf, publisher=new_id(), now=clock.now)


def test_of_two_publishers_at_once_one_wins(committed, clock) -> None:
    with committed.sessions() as session, transaction(session):
        first = published_paper(session, now=clock.now)
        paper = session.get_one(Paper, first.paper_id)
        change_paper(
            session,
            paper_id=paper.id,
            draft=draft_of(paper, pass_score=80),
            shelf=OFFICIAL,
            expected=paper.version,
            now=clock.now,
        )
        paper_id = paper.id

    def publish() -> int:
        with committed.sessions() as session, transaction(session):
            made = publish_paper(
                session, paper_id=paper_id, shelf=OFFICIAL, publisher=new_id(), now=clock.now
            )
            return made.number

    results = race(publish, publish)
    assert sorted(str(type(result).__name__) for result in results) == ["NothingToPublish", "int"]
    assert 2 in results
