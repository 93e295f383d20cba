"""The tables of bus, chassis, classes, roster, joining and study."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import JSONDocument
from chassis.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand."""
    op.create_table(
        "bus_aggregates",
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("seq > 0", name="ck_bus_aggregates_seq"),
        sa.PrimaryKeyConstraint("type", "id", name=op.f("pk_bus_aggregates")),
        comment="How many announcements each aggregate has made; its row lock puts them in order",
    )
    op.create_table(
        "bus_attempts",
        sa.Column("consumer", sa.String(length=80), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "message_id", name=op.f("pk_bus_attempts")),
        comment="Suspects, counted before they are handled, so that one which kills the process is counted too",
    )
    op.create_table(
        "bus_inbox",
        sa.Column("consumer", sa.String(length=80), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("handled_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "message_id", name=op.f("pk_bus_inbox")),
        comment="Handled already: the same message again changes nothing",
    )
    with op.batch_alter_table("bus_inbox", schema=None) as batch_op:
        batch_op.create_index("ix_bus_inbox_handled", ["handled_at"], unique=False)

    op.create_table(
        "bus_outbox",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("shard", sa.SmallInteger(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("aggregate_type", sa.String(length=40), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("traceparent", sa.String(length=80), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bus_outbox")),
        sa.UniqueConstraint("aggregate_type", "aggregate_id", "seq", name="uq_bus_outbox_aggregate_seq"),
        comment="Announced and not yet confirmed by the broker; the relay empties it",
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("bus_outbox", schema=None) as batch_op:
        batch_op.create_index("ix_bus_outbox_shard", ["shard", "id"], unique=False)

    op.create_table(
        "class_audit_log",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("class_name", sa.String(length=100), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("changes", JSONDocument, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_audit_log")),
    )
    with op.batch_alter_table("class_audit_log", schema=None) as batch_op:
        batch_op.create_index("ix_class_audit_log_class", ["class_id", "id"], unique=False)
        batch_op.create_index("ix_class_audit_log_provider", ["provider_id", "id"], unique=False)

    op.create_table(
        "idempotency_keys",
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name=op.f("pk_idempotency_keys")),
    )
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_keys_created_at"), ["created_at"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("args", JSONDocument, nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("result", JSONDocument, nullable=True),
        sa.Column("error", sa.String(length=1000), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="ck_jobs_state"),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name="ck_jobs_progress"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_state_created_at", ["state", "created_at"], unique=False)

    op.create_table(
        "join_tries",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("wrong >= 0", name="ck_join_tries_wrong"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_join_tries")),
    )
    with op.batch_alter_table("join_tries", schema=None) as batch_op:
        batch_op.create_index("ix_join_tries_last_at", ["last_at"], unique=False)

    op.create_table(
        "known_accounts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("roles", JSONDocument, nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("dealer_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_known_accounts")),
    )
    with op.batch_alter_table("known_accounts", schema=None) as batch_op:
        batch_op.create_index("ix_known_accounts_provider", ["provider_id"], unique=False)

    op.create_table(
        "known_categories",
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("path", JSONDocument, nullable=False),
        sa.PrimaryKeyConstraint("category_id", name=op.f("pk_known_categories")),
    )
    op.create_table(
        "known_dealers",
        sa.Column("dealer_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=100), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("dealer_id", name=op.f("pk_known_dealers")),
    )
    op.create_table(
        "known_providers",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_known_providers")),
    )
    op.create_table(
        "package_versions",
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("data", JSONDocument, nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("package_id", "version", name=op.f("pk_package_versions")),
    )
    with op.batch_alter_table("package_versions", schema=None) as batch_op:
        batch_op.create_index("ix_package_versions_provider", ["provider_id"], unique=False)

    op.create_table(
        "periodic_leases",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_periodic_leases")),
    )
    op.create_table(
        "signing_keys",
        sa.Column("kid", sa.String(length=40), nullable=False),
        sa.Column("sealed_private", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.JSON(), nullable=False),
        sa.Column("active_from", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_signing_keys")),
    )
    op.create_table(
        "study_classes",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("study_windows", JSONDocument, nullable=False),
        sa.Column("daily_video_seconds", sa.Integer(), nullable=True),
        sa.Column("sequential", sa.Boolean(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=True),
        sa.Column("package_version", sa.Integer(), nullable=True),
        sa.Column("minutes_per_class_hour", sa.Integer(), nullable=False),
        sa.Column("documents_count", sa.Boolean(), nullable=False),
        sa.Column("course_count", sa.Integer(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("course_seconds", sa.Integer(), nullable=False),
        sa.Column("exam", JSONDocument, nullable=True),
        sa.Column("exam_closed_epoch", sa.Integer(), nullable=True),
        sa.Column("handed_in_total", sa.Integer(), nullable=True),
        sa.Column("counted_epoch", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('closed', 'open')", name="ck_study_classes_state"),
        sa.CheckConstraint(
            "(exam_closed_epoch IS NULL) = (handed_in_total IS NULL)", name="ck_study_classes_exam_closed"
        ),
        sa.CheckConstraint("counted_epoch <= epoch", name="ck_study_classes_counted_epoch"),
        sa.CheckConstraint("daily_video_seconds > 0", name="ck_study_classes_daily_video_seconds"),
        sa.CheckConstraint("end_day >= start_day", name="ck_study_classes_days"),
        sa.PrimaryKeyConstraint("class_id", name=op.f("pk_study_classes")),
    )
    op.create_table(
        "training_classes",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=True),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("planned_headcount", sa.Integer(), nullable=False),
        sa.Column("enrolled", sa.Integer(), nullable=False),
        sa.Column("province", sa.String(length=30), nullable=False),
        sa.Column("city", sa.String(length=30), nullable=False),
        sa.Column("district", sa.String(length=30), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("training_enterprise", sa.String(length=100), nullable=False),
        sa.Column("supervision_number", sa.String(length=60), nullable=False),
        sa.Column("announcement", sa.String(length=140), nullable=False),
        sa.Column("courses_saved_at", UtcDateTime(), nullable=True),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=True),
        sa.Column("package_version", sa.Integer(), nullable=True),
        sa.Column("minutes_per_class_hour", sa.Integer(), nullable=False),
        sa.Column("replay", sa.String(length=10), nullable=False),
        sa.Column("replay_until", sa.Date(), nullable=True),
        sa.Column("exam_opens_at", UtcDateTime(), nullable=True),
        sa.Column("exam_closes_at", UtcDateTime(), nullable=True),
        sa.Column("exam_attempts", sa.Integer(), nullable=True),
        sa.Column("exam_minutes", sa.Integer(), nullable=True),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("timetable", sa.Text(), nullable=False),
        sa.Column("supervision_saved_at", UtcDateTime(), nullable=True),
        sa.Column("supervision", JSONDocument, nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("class_password", sa.String(length=6), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("graduated_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(class_password IS NULL) = (state IN ('draft', 'opening_review'))",
            name="ck_training_classes_password",
        ),
        sa.CheckConstraint(
            "(graduated_at IS NOT NULL) = (state = 'graduated')", name="ck_training_classes_graduated"
        ),
        sa.CheckConstraint("replay IN ('none', 'until')", name="ck_training_classes_replay"),
        sa.CheckConstraint(
            "state IN ('draft', 'graduated', 'graduation_review', 'open', 'opening_review')",
            name="ck_training_classes_state",
        ),
        sa.CheckConstraint(
            "type IN ('apprenticeship', 'on_site', 'online_live', 'vocational_skill')",
            name="ck_training_classes_type",
        ),
        sa.CheckConstraint(
            "(exam_opens_at IS NULL) = (exam_closes_at IS NULL) AND (exam_opens_at IS NULL) = (exam_attempts IS NULL) AND (exam_opens_at IS NULL) = (exam_minutes IS NULL)",
            name="ck_training_classes_exam",
        ),
        sa.CheckConstraint(
            "(opened_at IS NULL) = (class_password IS NULL)", name="ck_training_classes_opened"
        ),
        sa.CheckConstraint(
            "(package_id IS NULL) = (package_version IS NULL)", name="ck_training_classes_package"
        ),
        sa.CheckConstraint("end_day >= start_day", name="ck_training_classes_days"),
        sa.CheckConstraint("enrolled BETWEEN 0 AND planned_headcount", name="ck_training_classes_enrolled"),
        sa.CheckConstraint("epoch >= 1", name="ck_training_classes_epoch"),
        sa.CheckConstraint("length(announcement) <= 140", name="ck_training_classes_announcement"),
        sa.CheckConstraint(
            "planned_headcount BETWEEN 1 AND 500", name="ck_training_classes_planned_headcount"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_classes")),
    )
    with op.batch_alter_table("training_classes", schema=None) as batch_op:
        batch_op.create_index("ix_training_classes_dealer", ["dealer_id", "id"], unique=False)
        batch_op.create_index("ix_training_classes_provider", ["provider_id", "id"], unique=False)
        batch_op.create_index(
            "uq_training_classes_open_password",
            ["class_password"],
            unique=True,
            postgresql_where=sa.text("state IN ('graduation_review', 'open')"),
            sqlite_where=sa.text("state IN ('graduation_review', 'open')"),
        )

    op.create_table(
        "applications",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("dealer_id", sa.Uuid(), nullable=True),
        sa.Column("prepared_by", sa.Uuid(), nullable=False),
        sa.Column("prepared_by_name", sa.String(length=100), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_by_name", sa.String(length=100), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("planned_headcount", sa.Integer(), nullable=False),
        sa.Column("waiver_asked", sa.Boolean(), nullable=False),
        sa.Column("waiver_reason", sa.String(length=200), nullable=False),
        sa.Column("quote", sa.String(length=10), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("per_head_fee_fen", sa.BigInteger(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("joined_count", sa.Integer(), nullable=True),
        sa.Column("finished_count", sa.Integer(), nullable=True),
        sa.Column("counted_at", UtcDateTime(), nullable=True),
        sa.Column("billed_headcount", sa.Integer(), nullable=True),
        sa.Column("billed_at", UtcDateTime(), nullable=True),
        sa.Column("refund_asked_fen", sa.BigInteger(), nullable=True),
        sa.Column("refund_reason", sa.String(length=200), nullable=False),
        sa.Column("refund_fen", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT waiver_asked OR waiver_reason <> ''", name="ck_applications_waiver"),
        sa.CheckConstraint(
            "kind = 'graduation' OR submitted_at IS NULL OR quote = 'priced'",
            name="ck_applications_submitted_priced",
        ),
        sa.CheckConstraint(
            "kind = 'opening' OR state NOT IN ('first_review', 'second_review', 'approved', 'rejected') OR (billed_headcount IS NOT NULL AND amount_fen IS NOT NULL)",
            name="ck_applications_reviewed_billed",
        ),
        sa.CheckConstraint("kind IN ('graduation', 'opening')", name="ck_applications_kind"),
        sa.CheckConstraint(
            "quote <> 'priced' OR (agreement_id IS NOT NULL AND dealer_id IS NOT NULL AND per_head_fee_fen >= 0 AND amount_fen >= 0)",
            name="ck_applications_priced",
        ),
        sa.CheckConstraint("quote IN ('pending', 'priced', 'unpriced')", name="ck_applications_quote"),
        sa.CheckConstraint(
            "state IN ('approved', 'billing', 'counting', 'first_review', 'prepared', 'rejected', 'replaced', 'second_review', 'withdrawn')",
            name="ck_applications_state",
        ),
        sa.CheckConstraint(
            "submitted_at IS NOT NULL OR state IN ('prepared', 'replaced', 'withdrawn')",
            name="ck_applications_submitted",
        ),
        sa.CheckConstraint("finished_count BETWEEN 0 AND joined_count", name="ck_applications_counts"),
        sa.CheckConstraint("refund_asked_fen BETWEEN 0 AND amount_fen", name="ck_applications_refund_asked"),
        sa.CheckConstraint("refund_fen BETWEEN 0 AND refund_asked_fen", name="ck_applications_refund"),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_classes.id"], name=op.f("fk_applications_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index("ix_applications_class", ["class_id", "id"], unique=False)
        batch_op.create_index("ix_applications_queue", ["state", "submitted_at", "id"], unique=False)
        batch_op.create_index(
            "uq_applications_approved",
            ["class_id", "kind"],
            unique=True,
            postgresql_where=sa.text("state = 'approved'"),
            sqlite_where=sa.text("state = 'approved'"),
        )
        batch_op.create_index(
            "uq_applications_pending",
            ["class_id"],
            unique=True,
            postgresql_where=sa.text(
                "state IN ('billing', 'counting', 'first_review', 'prepared', 'second_review')"
            ),
            sqlite_where=sa.text(
                "state IN ('billing', 'counting', 'first_review', 'prepared', 'second_review')"
            ),
        )

    op.create_table(
        "class_staff",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(length=10), nullable=False),
        sa.CheckConstraint("duty IN ('assistant', 'teacher')", name="ck_class_staff_duty"),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_classes.id"], name=op.f("fk_class_staff_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("class_id", "account_id", name=op.f("pk_class_staff")),
    )
    with op.batch_alter_table("class_staff", schema=None) as batch_op:
        batch_op.create_index("ix_class_staff_account", ["account_id"], unique=False)
        batch_op.create_index(
            "uq_class_staff_teacher",
            ["class_id"],
            unique=True,
            postgresql_where=sa.text("duty = 'teacher'"),
            sqlite_where=sa.text("duty = 'teacher'"),
        )

    op.create_table(
        "enrolments",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("contact", sa.String(length=100), nullable=False),
        sa.Column("document_type", sa.String(length=30), nullable=False),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("document_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("account_name", sa.String(length=100), nullable=True),
        sa.Column("joined_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "document_type IN ('foreign_permanent_residence', 'hk_macau_permit', 'hmt_residence_permit', 'passport', 'resident_id', 'taiwan_permit')",
            name="ck_enrolments_document_type",
        ),
        sa.CheckConstraint("sex IN ('female', 'male')", name="ck_enrolments_sex"),
        sa.CheckConstraint("(account_id IS NULL) = (joined_at IS NULL)", name="ck_enrolments_joined"),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_classes.id"], name=op.f("fk_enrolments_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint("class_id", "account_id", name="uq_enrolments_account"),
        sa.UniqueConstraint("class_id", "document_index", name="uq_enrolments_document"),
    )
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.create_index("ix_enrolments_account", ["account_id"], unique=False)
        batch_op.create_index("ix_enrolments_class", ["class_id", "id"], unique=False)

    op.create_table(
        "roster_marked_files",
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("store_key", sa.String(length=250), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["training_classes.id"],
            name=op.f("fk_roster_marked_files_class_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_marked_files")),
    )
    with op.batch_alter_table("roster_marked_files", schema=None) as batch_op:
        batch_op.create_index("ix_roster_marked_files_expires", ["expires_at"], unique=False)

    op.create_table(
        "study_items",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("after_item_id", sa.Uuid(), nullable=True),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("course_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=True),
        sa.Column("paper_version_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('document', 'exercise', 'mock_exam', 'video')", name="ck_study_items_kind"
        ),
        sa.CheckConstraint("seconds >= 0", name="ck_study_items_seconds"),
        sa.ForeignKeyConstraint(
            ["class_id"], ["study_classes.class_id"], name=op.f("fk_study_items_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("class_id", "item_id", name=op.f("pk_study_items")),
        sa.UniqueConstraint("class_id", "position", name="uq_study_items_position"),
    )
    op.create_table(
        "study_learners",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("complete_items", sa.Integer(), nullable=False),
        sa.Column("learned_seconds", sa.Integer(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("last_study_at", UtcDateTime(), nullable=True),
        sa.Column("days_checked_in", sa.Integer(), nullable=False),
        sa.Column("last_check_in_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("complete_items >= 0", name="ck_study_learners_complete_items"),
        sa.CheckConstraint("learned_seconds >= 0", name="ck_study_learners_learned_seconds"),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["study_classes.class_id"],
            name=op.f("fk_study_learners_class_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_study_learners")),
        sa.UniqueConstraint("class_id", "account_id", name="uq_study_learners_account"),
    )
    with op.batch_alter_table("study_learners", schema=None) as batch_op:
        batch_op.create_index("ix_study_learners_account", ["account_id"], unique=False)

    op.create_table(
        "review_decisions",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("opinion", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_name", sa.String(length=100), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("decision = 'approved' OR reason <> ''", name="ck_review_decisions_reason"),
        sa.CheckConstraint("decision IN ('approved', 'rejected')", name="ck_review_decisions_decision"),
        sa.CheckConstraint("kind IN ('graduation', 'opening')", name="ck_review_decisions_kind"),
        sa.CheckConstraint("stage IN ('first', 'second')", name="ck_review_decisions_stage"),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_review_decisions_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["training_classes.id"],
            name=op.f("fk_review_decisions_class_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decisions")),
        sa.UniqueConstraint("application_id", "reviewer_id", name="uq_review_decisions_reviewer"),
        sa.UniqueConstraint("application_id", "stage", name="uq_review_decisions_stage"),
    )
    with op.batch_alter_table("review_decisions", schema=None) as batch_op:
        batch_op.create_index("ix_review_decisions_class", ["class_id", "decided_at"], unique=False)

    op.create_table(
        "study_attempts",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("total_score", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("handed_in_at", UtcDateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("used", JSONDocument, nullable=False),
        sa.CheckConstraint("(kind = 'exam') = (item_id IS NULL)", name="ck_study_attempts_item"),
        sa.CheckConstraint("kind IN ('exam', 'exercise', 'mock_exam')", name="ck_study_attempts_kind"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["study_learners.enrolment_id"],
            name=op.f("fk_study_attempts_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_study_attempts")),
    )
    with op.batch_alter_table("study_attempts", schema=None) as batch_op:
        batch_op.create_index("ix_study_attempts_account", ["account_id", "handed_in_at"], unique=False)
        batch_op.create_index("ix_study_attempts_class", ["class_id"], unique=False)
        batch_op.create_index("ix_study_attempts_enrolment", ["enrolment_id", "handed_in_at"], unique=False)

    op.create_table(
        "study_days",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("video_seconds", sa.Integer(), nullable=False),
        sa.Column("document_seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("video_seconds + document_seconds <= 86400", name="ck_study_days_day"),
        sa.CheckConstraint("video_seconds >= 0 AND document_seconds >= 0", name="ck_study_days_seconds"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["study_learners.enrolment_id"],
            name=op.f("fk_study_days_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "day", name=op.f("pk_study_days")),
    )
    with op.batch_alter_table("study_days", schema=None) as batch_op:
        batch_op.create_index("ix_study_days_class", ["class_id", "day"], unique=False)

    op.create_table(
        "study_item_progress",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("length_seconds", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("watched", JSONDocument, nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("complete_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("seconds BETWEEN 0 AND length_seconds", name="ck_study_item_progress_seconds"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["study_learners.enrolment_id"],
            name=op.f("fk_study_item_progress_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "item_id", name=op.f("pk_study_item_progress")),
    )
    op.create_table(
        "study_sessions",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=100), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("opened_ms", sa.BigInteger(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("passes", JSONDocument, nullable=False),
        sa.Column("used", JSONDocument, nullable=False),
        sa.Column("credited_seconds", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("credited_seconds * 1000 <= until_ms - opened_ms", name="ck_study_sessions_clock"),
        sa.CheckConstraint("credited_seconds >= 0", name="ck_study_sessions_credited"),
        sa.CheckConstraint("until_ms >= opened_ms", name="ck_study_sessions_until"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["study_learners.enrolment_id"],
            name=op.f("fk_study_sessions_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_sessions")),
    )
    with op.batch_alter_table("study_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_study_sessions_account", ["account_id", "until_ms"], unique=False)
        batch_op.create_index(
            "uq_study_sessions_active",
            ["account_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "study_plays",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("from_seconds", sa.Integer(), nullable=False),
        sa.Column("to_seconds", sa.Integer(), nullable=False),
        sa.Column("credited_seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_seconds >= from_seconds", name="ck_study_plays_span"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["study_sessions.id"], name=op.f("fk_study_plays_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "item_id", name=op.f("pk_study_plays")),
    )
    with op.batch_alter_table("study_plays", schema=None) as batch_op:
        batch_op.create_index("ix_study_plays_enrolment", ["enrolment_id", "item_id"], unique=False)


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("study_plays", schema=None) as batch_op:
        batch_op.drop_index("ix_study_plays_enrolment")

    op.drop_table("study_plays")
    with op.batch_alter_table("study_sessions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_study_sessions_active",
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_study_sessions_account")

    op.drop_table("study_sessions")
    op.drop_table("study_item_progress")
    with op.batch_alter_table("study_days", schema=None) as batch_op:
        batch_op.drop_index("ix_study_days_class")

    op.drop_table("study_days")
    with op.batch_alter_table("study_attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_study_attempts_enrolment")
        batch_op.drop_index("ix_study_attempts_class")
        batch_op.drop_index("ix_study_attempts_account")

    op.drop_table("study_attempts")
    with op.batch_alter_table("review_decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_review_decisions_class")

    op.drop_table("review_decisions")
    with op.batch_alter_table("study_learners", schema=None) as batch_op:
        batch_op.drop_index("ix_study_learners_account")

    op.drop_table("study_learners")
    op.drop_table("study_items")
    with op.batch_alter_table("roster_marked_files", schema=None) as batch_op:
        batch_op.drop_index("ix_roster_marked_files_expires")

    op.drop_table("roster_marked_files")
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.drop_index("ix_enrolments_class")
        batch_op.drop_index("ix_enrolments_account")

    op.drop_table("enrolments")
    with op.batch_alter_table("class_staff", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_class_staff_teacher",
            postgresql_where=sa.text("duty = 'teacher'"),
            sqlite_where=sa.text("duty = 'teacher'"),
        )
        batch_op.drop_index("ix_class_staff_account")

    op.drop_table("class_staff")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_applications_pending",
            postgresql_where=sa.text(
                "state IN ('billing', 'counting', 'first_review', 'prepared', 'second_review')"
            ),
            sqlite_where=sa.text(
                "state IN ('billing', 'counting', 'first_review', 'prepared', 'second_review')"
            ),
        )
        batch_op.drop_index(
            "uq_applications_approved",
            postgresql_where=sa.text("state = 'approved'"),
            sqlite_where=sa.text("state = 'approved'"),
        )
        batch_op.drop_index("ix_applications_queue")
        batch_op.drop_index("ix_applications_class")

    op.drop_table("applications")
    with op.batch_alter_table("training_classes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_training_classes_open_password",
            postgresql_where=sa.text("state IN ('graduation_review', 'open')"),
            sqlite_where=sa.text("state IN ('graduation_review', 'open')"),
        )
        batch_op.drop_index("ix_training_classes_provider")
        batch_op.drop_index("ix_training_classes_dealer")

    op.drop_table("training_classes")
    op.drop_table("study_classes")
    op.drop_table("signing_keys")
    op.drop_table("periodic_leases")
    with op.batch_alter_table("package_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_package_versions_provider")

    op.drop_table("package_versions")
    op.drop_table("known_providers")
    op.drop_table("known_dealers")
    op.drop_table("known_categories")
    with op.batch_alter_table("known_accounts", schema=None) as batch_op:
        batch_op.drop_index("ix_known_accounts_provider")

    op.drop_table("known_accounts")
    with op.batch_alter_table("join_tries", schema=None) as batch_op:
        batch_op.drop_index("ix_join_tries_last_at")

    op.drop_table("join_tries")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index("ix_jobs_state_created_at")

    op.drop_table("jobs")
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_keys_created_at"))

    op.drop_table("idempotency_keys")
    with op.batch_alter_table("class_audit_log", schema=None) as batch_op:
        batch_op.drop_index("ix_class_audit_log_provider")
        batch_op.drop_index("ix_class_audit_log_class")

    op.drop_table("class_audit_log")
    with op.batch_alter_table("bus_outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_bus_outbox_shard")

    op.drop_table("bus_outbox")
    with op.batch_alter_table("bus_inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_bus_inbox_handled")

    op.drop_table("bus_inbox")
    op.drop_table("bus_attempts")
    op.drop_table("bus_aggregates")
