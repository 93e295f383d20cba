"""C8: a published version never changes, whoever writes to the database."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VERBS = ("UPDATE", "DELETE")
MESSAGE = "package_versions never change"


def upgrade() -> None:
    """Make the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in VERBS:
            op.execute(
                f"CREATE TRIGGER tr_package_versions_{verb.lower()} BEFORE {verb} ON package_versions "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_package_version_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER tr_package_versions BEFORE UPDATE OR DELETE ON package_versions "
        "FOR EACH ROW EXECUTE FUNCTION refuse_package_version_change()"
    )


def downgrade() -> None:
    """Remove the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in VERBS:
            op.execute(f"DROP TRIGGER tr_package_versions_{verb.lower()}")
        return
    op.execute("DROP TRIGGER tr_package_versions ON package_versions")
    op.execute("DROP FUNCTION refuse_package_version_change()")
