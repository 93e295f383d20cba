"""A report on PostgreSQL is two statements, one that reads and one that writes: of its time half were round trips.

The first takes no lock, so that both are as few. The second writes only when the session is still the row that was
read and its class is open, and takes their locks itself: what it finds changed it leaves alone, and the caller begins
again with the rows held. They say what the statements of `report_statements` say one after the other on SQLite; the
same tests hold both.

They go to the driver as they are written here, since what SQLAlchemy does for a statement costs more than what they do.
"""

from __future__ import annotations

READ_ALL = """
SELECT study.id, study.account_id, study.class_id, study.enrolment_id, study.ended_at, study.opened_ms,
       study.until_ms, study.passes, study.used, CAST(study.xmin AS text) AS seen,
       class.state, class.epoch, class.start_day, class.end_day, class.study_windows, class.daily_video_seconds,
       class.item_count,
       item.item_id, item.kind, item.seconds, item.after_item_id, own.watched, own.complete_at, opening.opened_at,
       before.complete_at AS before_complete_at, play.spans AS played,
       (SELECT jsonb_agg(jsonb_build_array(report_id, item_id, credited_seconds, reason)) FROM study_reports
        WHERE session_id = study.id AND report_id = ANY(%(report_ids)s)) AS answered,
       CASE WHEN class.daily_video_seconds IS NOT NULL AND class.state = 'open' THEN (
           SELECT jsonb_object_agg(day, video_seconds) FROM study_days
           WHERE enrolment_id = study.enrolment_id
               AND day >= CAST(study.opened_at AT TIME ZONE 'Asia/Shanghai' AS date)
       ) END AS video_by_day
FROM study_sessions AS study
JOIN study_classes AS class ON class.class_id = study.class_id
LEFT JOIN study_items AS item
    ON item.class_id = study.class_id AND item.item_id = ANY(%(item_ids)s) AND item.kind IN ('video', 'document')
LEFT JOIN study_item_progress AS own
    ON own.enrolment_id = study.enrolment_id AND own.item_id = item.item_id
LEFT JOIN study_document_openings AS opening
    ON opening.enrolment_id = study.enrolment_id AND opening.item_id = item.item_id
LEFT JOIN study_plays AS play
    ON play.session_id = study.id AND play.item_id = item.item_id
LEFT JOIN study_item_progress AS before
    ON before.enrolment_id = study.enrolment_id AND before.item_id = item.after_item_id
WHERE study.id = %(session_id)s AND study.account_id = %(account_id)s
"""
"""The session and its class with the reported items as they stand, each with the item before it (C5), the verdicts
that the reports have had already, and the video seconds of the session's days for the daily limit (K4). One row per
item; one without an item when there is none.

`seen` is the version of the session's row: whatever changes it makes a new one.
"""

HOLD = """
SELECT 1 FROM study_sessions AS study JOIN study_classes AS class ON class.class_id = study.class_id
WHERE study.id = %(session_id)s
FOR UPDATE OF study FOR SHARE OF class
"""
"""The session for this report alone, and its class shared: closing waits for it, and it for closing (K27)."""

WRITE_ALL = """
WITH taken AS MATERIALIZED (
    SELECT study.id, study.enrolment_id, study.class_id
    FROM study_sessions AS study JOIN study_classes AS class ON class.class_id = study.class_id
    WHERE study.id = %(session_id)s AND CAST(study.xmin AS text) = %(seen)s AND class.state = 'open'
    FOR UPDATE OF study FOR SHARE OF class
), progress AS (
    INSERT INTO study_item_progress AS known
        (enrolment_id, item_id, length_seconds, seconds, watched, first_at, last_at, complete_at)
    SELECT taken.enrolment_id, item_id, length_seconds, seconds, watched,
           CAST(%(moment)s AS timestamptz), CAST(%(moment)s AS timestamptz),
           CASE WHEN complete THEN CAST(%(moment)s AS timestamptz) END
    FROM taken CROSS JOIN jsonb_to_recordset(CAST(%(progress)s AS jsonb))
        AS given (item_id uuid, length_seconds integer, seconds integer, watched jsonb, complete boolean)
    ON CONFLICT (enrolment_id, item_id) DO UPDATE SET
        seconds = excluded.seconds,
        watched = excluded.watched,
        last_at = excluded.last_at,
        complete_at = coalesce(known.complete_at, excluded.complete_at)
), plays AS (
    INSERT INTO study_plays AS known
        (session_id, item_id, enrolment_id, started_at, last_at, from_seconds, to_seconds, spans, credited_seconds)
    SELECT taken.id, item_id, taken.enrolment_id,
           CAST(%(moment)s AS timestamptz), CAST(%(moment)s AS timestamptz),
           from_seconds, to_seconds, spans, credited_seconds
    FROM taken CROSS JOIN jsonb_to_recordset(CAST(%(plays)s AS jsonb))
        AS given (item_id uuid, from_seconds integer, to_seconds integer, spans jsonb, credited_seconds integer)
    ON CONFLICT (session_id, item_id) DO UPDATE SET
        last_at = excluded.last_at,
        from_seconds = least(known.from_seconds, excluded.from_seconds),
        to_seconds = greatest(known.to_seconds, excluded.to_seconds),
        spans = excluded.spans,
        credited_seconds = known.credited_seconds + excluded.credited_seconds
), reports AS (
    INSERT INTO study_reports (session_id, report_id, item_id, credited_seconds, reason)
    SELECT taken.id, report_id, item_id, credited_seconds, reason
    FROM taken CROSS JOIN jsonb_to_recordset(CAST(%(reports)s AS jsonb))
        AS given (report_id uuid, item_id uuid, credited_seconds integer, reason text)
), days AS (
    INSERT INTO study_days AS known (enrolment_id, day, class_id, video_seconds, document_seconds)
    SELECT taken.enrolment_id, day, taken.class_id, video_seconds, document_seconds
    FROM taken CROSS JOIN jsonb_to_recordset(CAST(%(days)s AS jsonb))
        AS given (day date, video_seconds integer, document_seconds integer)
    ON CONFLICT (enrolment_id, day) DO UPDATE SET
        video_seconds = known.video_seconds + excluded.video_seconds,
        document_seconds = known.document_seconds + excluded.document_seconds
), learner AS (
    UPDATE study_learners SET
        complete_items = complete_items + %(completed)s,
        learned_seconds = learned_seconds + %(gained)s,
        finished_at = CASE
            WHEN finished_at IS NULL AND complete_items + %(completed)s >= %(item_count)s
            THEN CAST(%(moment)s AS timestamptz) ELSE finished_at END,
        last_study_at = CASE WHEN %(gained)s > 0 THEN CAST(%(moment)s AS timestamptz) ELSE last_study_at END
    FROM taken
    WHERE study_learners.enrolment_id = taken.enrolment_id AND (%(gained)s > 0 OR %(completed)s > 0)
)
UPDATE study_sessions SET
    passes = CAST(%(passes)s AS jsonb),
    used = CAST(%(used)s AS jsonb),
    until_ms = %(until_ms)s,
    credited_seconds = credited_seconds + %(gained)s
FROM taken
WHERE study_sessions.id = taken.id
"""
"""Progress, plays, verdicts and days come as JSON lists of rows. Without credit the last study stays what it was.

Changes one session, or nothing at all when that has changed since it was read, or its class has been closed.
"""
