"""On PostgreSQL everything that a report changes is one statement: of a report's time half were round trips.

It says what the five statements of `report_statements` say one after the other on SQLite; the same tests hold both.
"""

from __future__ import annotations

import sqlalchemy as sa

WRITE_ALL = sa.text("""
WITH progress AS (
    INSERT INTO study_item_progress AS known
        (enrolment_id, item_id, length_seconds, seconds, watched, first_at, last_at, complete_at)
    SELECT CAST(:enrolment_id AS uuid), item_id, length_seconds, seconds, watched,
           CAST(:moment AS timestamptz), CAST(:moment AS timestamptz),
           CASE WHEN complete THEN CAST(:moment AS timestamptz) END
    FROM jsonb_to_recordset(CAST(:progress AS jsonb))
        AS given (item_id uuid, length_seconds integer, seconds integer, watched jsonb, complete boolean)
    ON CONFLICT (enrolment_id, item_id) DO UPDATE SET
        seconds = excluded.seconds,
        watched = excluded.watched,
        last_at = excluded.last_at,
        complete_at = coalesce(known.complete_at, excluded.complete_at)
), plays AS (
    INSERT INTO study_plays AS known
        (session_id, item_id, enrolment_id, started_at, last_at, from_seconds, to_seconds, credited_seconds)
    SELECT CAST(:session_id AS uuid), item_id, CAST(:enrolment_id AS uuid),
           CAST(:moment AS timestamptz), CAST(:moment AS timestamptz), from_seconds, to_seconds, credited_seconds
    FROM jsonb_to_recordset(CAST(:plays AS jsonb))
        AS given (item_id uuid, from_seconds integer, to_seconds integer, credited_seconds integer)
    ON CONFLICT (session_id, item_id) DO UPDATE SET
        last_at = excluded.last_at,
        from_seconds = least(known.from_seconds, excluded.from_seconds),
        to_seconds = greatest(known.to_seconds, excluded.to_seconds),
        credited_seconds = known.credited_seconds + excluded.credited_seconds
), days AS (
    INSERT INTO study_days AS known (enrolment_id, day, class_id, video_seconds, document_seconds)
    SELECT CAST(:enrolment_id AS uuid), day, CAST(:class_id AS uuid), video_seconds, document_seconds
    FROM jsonb_to_recordset(CAST(:days AS jsonb))
        AS given (day date, video_seconds integer, document_seconds integer)
    ON CONFLICT (enrolment_id, day) DO UPDATE SET
        video_seconds = known.video_seconds + excluded.video_seconds,
        document_seconds = known.document_seconds + excluded.document_seconds
), learner AS (
    UPDATE study_learners SET
        complete_items = complete_items + :completed,
        learned_seconds = learned_seconds + :gained,
        finished_at = CASE
            WHEN finished_at IS NULL AND complete_items + :completed >= :item_count
            THEN CAST(:moment AS timestamptz) ELSE finished_at END,
        last_study_at = CAST(:moment AS timestamptz)
    WHERE enrolment_id = CAST(:enrolment_id AS uuid) AND CAST(:attended AS boolean)
)
UPDATE study_sessions SET
    passes = CAST(:passes AS jsonb),
    used = CAST(:used AS jsonb),
    until_ms = :until_ms,
    credited_seconds = credited_seconds + :gained
WHERE id = CAST(:session_id AS uuid)
""")
"""Progress, plays and days come as JSON lists of rows; nothing attended leaves the learner as it is."""
