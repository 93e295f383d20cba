/** Step 2 as a form, and what can be wrong with it (K3). */
import type { ClassType, CourseSettings, TrainingClass } from "./calls";
import { toLocal, toMoment } from "./days";
import type { Wrong } from "./step";
import { fromHtml, toHtml, type TimetableRow } from "./timetable";

export interface PickedPackage {
  package_id: string;
  version: number;
  name: string;
  official: boolean;
  exam_needed: boolean;
}

export interface CoursesForm {
  recorded: boolean;
  package: PickedPackage | null;
  minutes_per_class_hour: number | null;
  replay: "none" | "until";
  replay_until: string | null;
  exam: { opens_at: string; closes_at: string; attempts: number | null; minutes: number | null; answers_shown: "after_window" | "after_attempts" };
  offline: boolean;
  text: string;
  rows: TimetableRow[];
}

export const COURSE_FIELDS = [
  "recorded", "package", "minutes_per_class_hour", "replay_until", "replay",
  "exam.opens_at", "exam.closes_at", "exam.attempts", "exam.minutes", "exam.answers_shown", "exam", "offline", "timetable",
] as const;

export function coursesForm(current: TrainingClass, type: ClassType): CoursesForm {
  const said = current.courses;
  const timetable = fromHtml(said.timetable);
  const fresh = !current.steps.courses;
  const kept = said.package;
  return {
    recorded: fresh ? type.allowed.includes("recorded") : said.recorded,
    package: kept ? { package_id: kept.package_id, version: kept.version, name: kept.name, official: kept.official, exam_needed: kept.exam_title !== null } : null,
    minutes_per_class_hour: said.minutes_per_class_hour,
    replay: said.replay,
    replay_until: said.replay_until,
    exam: {
      opens_at: toLocal(said.exam?.opens_at) || `${current.start_day} 00:00`,
      closes_at: toLocal(said.exam?.closes_at) || `${current.end_day} 23:59`,
      attempts: said.exam?.attempts ?? 3,
      minutes: said.exam?.minutes ?? 60,
      answers_shown: said.exam?.answers_shown ?? "after_window",
    },
    offline: fresh ? type.required.includes("offline") : said.offline,
    text: timetable.text,
    rows: timetable.rows,
  };
}

export function hasExam(form: CoursesForm): boolean {
  return form.recorded && form.package?.exam_needed === true;
}

export function coursesWrong(form: CoursesForm, current: TrainingClass): Wrong {
  const wrong: Wrong = {};
  if (!form.recorded && !form.offline) wrong.recorded = "请至少开启一种课程";
  if (form.recorded) recordedWrong(form, current, wrong);
  if (hasExam(form)) examWrong(form, current, wrong);
  if (form.offline && !toHtml(form)) wrong.timetable = "有线下课时，请填写线下课课表";
  return wrong;
}

function recordedWrong(form: CoursesForm, current: TrainingClass, wrong: Wrong): void {
  if (!form.package) wrong.package = "有线上课时，请选择课程包";
  if (!form.minutes_per_class_hour) wrong.minutes_per_class_hour = "请填写每课时的分钟数";
  if (form.replay === "none") return;
  if (!form.replay_until) wrong.replay_until = "请选择回看截止日期";
  else if (current.end_day && form.replay_until <= current.end_day) wrong.replay_until = `回看截止日期应晚于结课日期 ${current.end_day}`;
}

function examWrong({ exam }: CoursesForm, current: TrainingClass, wrong: Wrong): void {
  if (!exam.opens_at) wrong["exam.opens_at"] = "请选择考试开始时间";
  else if (current.start_day && exam.opens_at < `${current.start_day} 00:00`) wrong["exam.opens_at"] = `考试不能早于开课日期 ${current.start_day}`;
  if (!exam.closes_at) wrong["exam.closes_at"] = "请选择考试结束时间";
  else if (current.end_day && exam.closes_at > `${current.end_day} 24:00`) wrong["exam.closes_at"] = `考试不能晚于结课日期 ${current.end_day}`;
  else if (exam.opens_at && exam.closes_at <= exam.opens_at) wrong["exam.closes_at"] = "考试结束时间应晚于开始时间";
  if (!exam.attempts) wrong["exam.attempts"] = "请填写允许作答次数，1～99 次";
  if (!exam.minutes) wrong["exam.minutes"] = "请填写考试时长，1～600 分钟";
}

/** Once nothing is wrong. What is switched off is not sent, but stays in the form. */
export function courseSettings(form: CoursesForm, current: TrainingClass): CourseSettings {
  const { exam } = form;
  const said = current.courses.exam;
  const replay = form.recorded ? form.replay : "none";
  return {
    recorded: form.recorded,
    package: form.recorded && form.package ? { package_id: form.package.package_id, version: form.package.version } : null,
    minutes_per_class_hour: form.minutes_per_class_hour ?? 45,
    replay,
    replay_until: replay === "until" ? form.replay_until : null,
    exam: hasExam(form)
      ? {
          opens_at: sameMoment(exam.opens_at, said?.opens_at),
          closes_at: sameMoment(exam.closes_at, said?.closes_at),
          attempts: exam.attempts ?? 1,
          minutes: exam.minutes ?? 1,
          answers_shown: exam.answers_shown,
        }
      : null,
    offline: form.offline,
    timetable: form.offline ? timetableHtml(form, current.courses.timetable) : "",
  };
}

/** An untouched moment keeps its seconds, which the form does not show. */
function sameMoment(local: string, kept: string | null | undefined): string {
  return kept && toLocal(kept) === local ? kept : toMoment(local);
}

/** An untouched timetable keeps its layout, even one that this editor can not show. */
function timetableHtml(form: CoursesForm, kept: string): string {
  const before = fromHtml(kept);
  const touched = JSON.stringify({ text: before.text, rows: before.rows }) !== JSON.stringify({ text: form.text, rows: form.rows });
  return touched || !kept ? toHtml(form) : kept;
}
