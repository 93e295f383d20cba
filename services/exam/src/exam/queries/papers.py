"""Reading papers and their published versions."""

import uuid

import sqlalchemy as sa
from chassis.errors import NotFound
from sqlalchemy.orm import Session

from exam.models import Paper, PaperVersion
from exam.queries.questions import readable, scoped
from exam.rules.shelves import Shelf


class PaperNotFound(NotFound):
    """No such paper, or published version, on a shelf that the caller can read."""

    code = "exam.paper.not_found"
    title = "试卷不存在"
    next_step = "请刷新试卷列表后重新选择。"


def list_papers(
    *, shelf: Shelf, kind: str | None, scope: str | None, text: str | None
) -> sa.Select[tuple[Paper]]:
    """The papers, newest first."""
    found = sa.select(Paper).where(scoped(Paper, shelf, scope))
    if kind:
        found = found.where(Paper.kind == kind)
    if text:
        found = found.where(Paper.title.icontains(text, autoescape=True))
    return found.order_by(Paper.created_at.desc(), Paper.id.desc())


def load_paper(session: Session, paper_id: uuid.UUID, *, shelf: Shelf) -> Paper:
    """A paper that may be read; raises PaperNotFound."""
    found = sa.select(Paper).where(Paper.id == paper_id, readable(Paper, shelf))
    paper = session.scalars(found).one_or_none()
    if paper is None:
        raise PaperNotFound
    return paper


def own_paper(session: Session, paper_id: uuid.UUID, *, shelf: Shelf) -> Paper:
    """A paper of one's own shelf, locked for a change; raises PaperNotFound."""
    found = (
        sa.select(Paper)
        .where(Paper.id == paper_id, Paper.provider_id.is_not_distinct_from(shelf.provider_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    paper = session.scalars(found).one_or_none()
    if paper is None:
        raise PaperNotFound
    return paper


def list_versions(*, paper_id: uuid.UUID, shelf: Shelf) -> sa.Select[tuple[PaperVersion]]:
    """The published versions of a paper, newest first."""
    found = sa.select(PaperVersion).where(PaperVersion.paper_id == paper_id, readable(PaperVersion, shelf))
    return found.order_by(PaperVersion.number.desc())


def load_version(session: Session, version_id: uuid.UUID, *, shelf: Shelf) -> PaperVersion:
    """A published version that may be read, with its questions; raises PaperNotFound."""
    found = sa.select(PaperVersion).where(PaperVersion.id == version_id, readable(PaperVersion, shelf))
    version = session.scalars(found).one_or_none()
    if version is None:
        raise PaperNotFound
    return version


def newest_version(session: Session, paper_id: uuid.UUID) -> PaperVersion | None:
    """The version published last."""
    found = sa.select(PaperVersion).where(PaperVersion.paper_id == paper_id)
    return session.scalars(found.order_by(PaperVersion.number.desc()).limit(1)).one_or_none()
