"""The tables of the catalog itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import JSONDocument, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "categories",
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("parent_id <> id", name="ck_categories_parent"),
        sa.ForeignKeyConstraint(["parent_id"], ["categories.id"], name="fk_categories_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_categories"),
    )
    op.create_index("ix_categories_parent_id", "categories", ["parent_id"])
    op.create_index("uq_categories_name", "categories", ["parent_id", "name"], unique=True)
    op.create_index(
        "uq_categories_root_name",
        "categories",
        ["name"],
        unique=True,
        sqlite_where=sa.text("parent_id IS NULL"),
        postgresql_where=sa.text("parent_id IS NULL"),
    )

    op.create_table(
        "courses",
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_courses"),
    )
    op.create_index("ix_courses_provider_id", "courses", ["provider_id"])

    op.create_table(
        "media",
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=250), nullable=True),
        sa.Column("url", sa.String(length=1000), nullable=True),
        sa.Column("content_type", sa.String(length=100), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("refusal_code", sa.String(length=80), nullable=True),
        sa.Column("refusal_reason", sa.String(length=300), nullable=True),
        sa.Column("refusal_next_step", sa.String(length=300), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(state = 'refused') = (refusal_code IS NOT NULL)", name="ck_media_refusal"),
        sa.CheckConstraint("kind IN ('video', 'document', 'audio', 'image', 'cover')", name="ck_media_kind"),
        sa.CheckConstraint("state <> 'ready' OR (key IS NULL) <> (url IS NULL)", name="ck_media_place"),
        sa.CheckConstraint(
            "state <> 'ready' OR kind <> 'video' OR (seconds IS NOT NULL AND seconds > 0)", name="ck_media_video_seconds"
        ),
        sa.CheckConstraint("state IN ('processing', 'ready', 'refused')", name="ck_media_state"),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
    )
    op.create_index("ix_media_provider_id", "media", ["provider_id"])

    op.create_table(
        "provider_addons",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("addon", sa.String(length=60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", "addon", name="pk_provider_addons"),
    )
    op.create_table(
        "providers",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name="pk_providers"),
    )
    op.create_table(
        "published_papers",
        sa.Column("paper_version_id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("paper_version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("total_score", sa.Integer(), nullable=False),
        sa.Column("pass_score", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('exercise', 'mock_exam', 'exam')", name="ck_published_papers_kind"),
        sa.CheckConstraint("seconds >= 0", name="ck_published_papers_seconds"),
        sa.PrimaryKeyConstraint("paper_version_id", name="pk_published_papers"),
    )
    op.create_index("ix_published_papers_paper_id", "published_papers", ["paper_id"])
    op.create_index("ix_published_papers_provider_id", "published_papers", ["provider_id"])

    op.create_table(
        "chapters",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name="fk_chapters_course_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_chapters"),
        sa.UniqueConstraint("course_id", "position", name="uq_chapters_position"),
    )
    op.create_table(
        "packages",
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("subsidised", sa.Boolean(), nullable=False),
        sa.Column("cover_media_id", sa.Uuid(), nullable=True),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("play_order", sa.String(length=10), nullable=False),
        sa.Column("minutes_per_class_hour", sa.Integer(), nullable=False),
        sa.Column("documents_count", sa.Boolean(), nullable=False),
        sa.Column("exam_needed", sa.Boolean(), nullable=False),
        sa.Column("exam_paper_version_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("play_order IN ('sequential', 'free')", name="ck_packages_play_order"),
        sa.CheckConstraint("exam_needed OR exam_paper_version_id IS NULL", name="ck_packages_exam"),
        sa.CheckConstraint("minutes_per_class_hour BETWEEN 1 AND 240", name="ck_packages_minutes"),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name="fk_packages_category_id"),
        sa.ForeignKeyConstraint(["cover_media_id"], ["media.id"], name="fk_packages_cover_media_id"),
        sa.ForeignKeyConstraint(
            ["exam_paper_version_id"],
            ["published_papers.paper_version_id"],
            name="fk_packages_exam_paper_version_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_packages"),
    )
    op.create_index("ix_packages_category_id", "packages", ["category_id"])
    op.create_index("ix_packages_owner", "packages", ["provider_id", "updated_at"])

    op.create_table(
        "uploads",
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('video', 'document', 'audio', 'image', 'cover')", name="ck_uploads_kind"
        ),
        sa.CheckConstraint("(received = size) = (media_id IS NOT NULL)", name="ck_uploads_finished"),
        sa.CheckConstraint("received BETWEEN 0 AND size", name="ck_uploads_received"),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_uploads_media_id"),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        sa.UniqueConstraint("media_id", name="uq_uploads_media_id"),
    )
    op.create_index("ix_uploads_expires_at", "uploads", ["expires_at"])

    op.create_table(
        "items",
        sa.Column("chapter_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=True),
        sa.Column("paper_version_id", sa.Uuid(), nullable=True),
        sa.Column("reading_seconds", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'document') = (reading_seconds IS NOT NULL) AND (reading_seconds IS NULL OR reading_seconds > 0)",
            name="ck_items_reading",
        ),
        sa.CheckConstraint(
            "(kind IN ('video', 'document')) = (media_id IS NOT NULL) AND (kind IN ('exercise', 'mock_exam')) = (paper_version_id IS NOT NULL)",
            name="ck_items_content",
        ),
        sa.CheckConstraint("kind IN ('video', 'document', 'exercise', 'mock_exam')", name="ck_items_kind"),
        sa.ForeignKeyConstraint(
            ["chapter_id"], ["chapters.id"], name="fk_items_chapter_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_items_media_id"),
        sa.ForeignKeyConstraint(
            ["paper_version_id"], ["published_papers.paper_version_id"], name="fk_items_paper_version_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("chapter_id", "position", name="uq_items_position"),
    )
    op.create_index("ix_items_media_id", "items", ["media_id"])
    op.create_index("ix_items_paper_version_id", "items", ["paper_version_id"])

    op.create_table(
        "package_courses",
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_package_courses_course_id"),
        sa.ForeignKeyConstraint(
            ["package_id"], ["packages.id"], name="fk_package_courses_package_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("package_id", "position", name="pk_package_courses"),
        sa.UniqueConstraint("package_id", "course_id", name="uq_package_courses_course"),
    )
    op.create_index("ix_package_courses_course_id", "package_courses", ["course_id"])

    op.create_table(
        "package_versions",
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", JSONDocument, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name="ck_package_versions_number"),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name="fk_package_versions_package_id"),
        sa.PrimaryKeyConstraint("id", name="pk_package_versions"),
        sa.UniqueConstraint("package_id", "number", name="uq_package_versions_number"),
    )
    op.create_table(
        "training_plans",
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("content", JSONDocument, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["package_id"], ["packages.id"], name="fk_training_plans_package_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("package_id", name="pk_training_plans"),
    )
    op.create_table(
        "upload_parts",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=250), nullable=False),
        sa.CheckConstraint("length > 0", name="ck_upload_parts_length"),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploads.id"], name="fk_upload_parts_upload_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("upload_id", "start", name="pk_upload_parts"),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in (
        "upload_parts",
        "training_plans",
        "package_versions",
        "package_courses",
        "items",
        "uploads",
        "packages",
        "chapters",
        "published_papers",
        "providers",
        "provider_addons",
        "media",
        "courses",
        "categories",
    ):
        op.drop_table(table)
