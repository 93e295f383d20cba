/** The form of what may be changed while a class is open (K14): what was changed, and only that, is sent. */
import { toLocal, toMoment } from "@/features/classes/days";
import type { RunningChange, TrainingClass } from "./calls";

/** Moments of the exam are Shanghai's, as "2026-11-24 08:00". */
export interface RunningForm {
  end_day: string;
  teacher_id: string;
  assistant_ids: string[];
  supervision_number: string;
  replay: "none" | "until";
  replay_until: string;
  opens_at: string;
  closes_at: string;
  attempts: number;
  timetable: string;
}

export const RUNNING_FIELDS = ["end_day", "staff", "supervision_number", "replay", "replay_until", "exam.opens_at", "exam.closes_at", "exam.attempts", "timetable"];

export function formOf(found: TrainingClass): RunningForm {
  const { exam, replay, replay_until, timetable } = found.courses;
  return {
    end_day: found.end_day ?? "",
    teacher_id: found.teacher?.account_id ?? "",
    assistant_ids: found.assistants.map((each) => each.account_id),
    supervision_number: found.supervision_number,
    replay,
    replay_until: replay_until ?? "",
    opens_at: toLocal(exam?.opens_at),
    closes_at: toLocal(exam?.closes_at),
    attempts: exam?.attempts ?? 1,
    timetable,
  };
}

export function changesOf(before: RunningForm, form: RunningForm): RunningChange {
  const change: RunningChange = {};
  if (form.end_day !== before.end_day) change.end_day = form.end_day;
  if (form.supervision_number !== before.supervision_number) change.supervision_number = form.supervision_number;
  if (form.timetable !== before.timetable) change.timetable = form.timetable;
  const sameStaff = form.teacher_id === before.teacher_id && [...form.assistant_ids].sort().join() === [...before.assistant_ids].sort().join();
  if (!sameStaff) change.staff = { teacher_id: form.teacher_id, assistant_ids: form.assistant_ids };
  if (form.replay !== before.replay || form.replay_until !== before.replay_until) {
    change.replay = { replay: form.replay, replay_until: form.replay === "until" ? form.replay_until || null : null };
  }
  const exam = examOf(before, form);
  if (Object.keys(exam).length) change.exam = exam;
  return change;
}

function examOf(before: RunningForm, form: RunningForm): NonNullable<RunningChange["exam"]> {
  const exam: NonNullable<RunningChange["exam"]> = {};
  if (form.opens_at && form.opens_at !== before.opens_at) exam.opens_at = toMoment(form.opens_at);
  if (form.closes_at && form.closes_at !== before.closes_at) exam.closes_at = toMoment(form.closes_at);
  if (form.attempts !== before.attempts) exam.attempts = form.attempts;
  return exam;
}

/** What the page can tell before asking; the server decides. */
export function wrongOf(before: RunningForm, form: RunningForm): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (!form.end_day || form.end_day < before.end_day) wrong.end_day = "结课日期只能延后";
  if (form.replay === "until" && !form.replay_until) wrong.replay_until = "请选择回看的截止日期";
  if (before.opens_at && (!form.opens_at || form.opens_at > before.opens_at)) wrong["exam.opens_at"] = "考试开始时间只能提前";
  if (before.closes_at && (!form.closes_at || form.closes_at < before.closes_at)) wrong["exam.closes_at"] = "考试结束时间只能延后";
  return wrong;
}
