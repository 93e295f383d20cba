"""The README's pictures."""

from typing import TYPE_CHECKING

from suite.pictures.shot import ROOT, Shot

if TYPE_CHECKING:
    from suite.testing.browser import Visitor
    from suite.testing.people import World

FOLDER = ROOT / "docs" / "pictures"


def shots(world: "World") -> tuple[Shot, ...]:
    """What the README shows."""
    learner = world.people.roster[1].mobile
    return (
        Shot(name="home", login="business", path="/console"),
        Shot(name="class-list", login="registrar", path="/console/classes"),
        Shot(name="class-wizard", login="registrar", path="/console/classes/{draft[id]}/setup/supervision"),
        Shot(name="class-console", login="teacher", path="/console/classes/{open[id]}/overview"),
        Shot(name="class-learning", login="teacher", path="/console/classes/{open[id]}/learning"),
        Shot(name="review", login="reviewer", path="/console/applications/{opening[application_id]}"),
        Shot(name="settlement", login="finance", path="/console/dealer/settlements/{settlement[id]}"),
        Shot(name="learner-class", login=learner, path="/learn/classes/{open[id]}", phone=True),
        Shot(
            name="learner-exam",
            login=learner,
            path="/learn/classes/{open[id]}/exam",
            phone=True,
            before=answer_one,
        ),
    )


def answer_one(visitor: "Visitor") -> None:
    """Begin an attempt and answer its first question."""
    visitor.presses("开始考试").is_at("/learn/classes/[^/]+/attempts/.+").waits_until_settled()
    visitor.page.locator("fieldset.question input").first.check()
    visitor.sees("答案已保存")
