import pytest
import sqlalchemy as sa
from exam.models import PaperVersion, VersionQuestion
from exam.testing import published_paper
from sqlalchemy.exc import DBAPIError


@pytest.mark.parametrize("model", [PaperVersion, VersionQuestion])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_a_published_paper(session, clock, model, verb: str) -> None:
    published_paper(session, now=clock.now)
    change = sa.delete(model)
    if verb == "update":
        change = sa.update(model).values(kind="exam" if model is PaperVersion else "true_false")
    with pytest.raises(DBAPIError, match="a published paper never changes"), session.begin_nested():
        session.execute(change)
