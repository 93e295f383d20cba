/** Step 1 as a form, and what can be wrong with it (K1, K2). */
import { dayCount } from "./days";
import type { BasicSettings, ClassType, TrainingClass } from "./calls";
import type { Wrong } from "./step";

export type BasicForm = Omit<BasicSettings, "start_day" | "end_day" | "planned_headcount"> & {
  start_day: string | null;
  end_day: string | null;
  planned_headcount: number | null;
};

export const BASIC_FIELDS = [
  "name", "start_day", "end_day", "teacher_id", "assistant_ids", "planned_headcount",
  "region", "category_id", "training_enterprise", "supervision_number", "announcement",
] as const;

export const LONGEST_ANNOUNCEMENT = 140;

/** Characters as people count them, not bytes or halves of rare ones (K22). */
export function characters(text: string): number {
  return [...text].length;
}

export function basicForm(current?: TrainingClass): BasicForm {
  return {
    name: current?.name ?? "",
    start_day: current?.start_day ?? null,
    end_day: current?.end_day ?? null,
    teacher_id: current?.teacher?.account_id ?? "",
    assistant_ids: (current?.assistants ?? []).map((each) => each.account_id),
    planned_headcount: current?.planned_headcount ?? null,
    region: current ? { ...current.region } : { province: "", city: "", district: "" },
    category_id: current?.category_id ?? "",
    training_enterprise: current?.training_enterprise ?? "",
    supervision_number: current?.supervision_number ?? "",
    announcement: current?.announcement ?? "",
  };
}

export function basicWrong(form: BasicForm, type: Pick<ClassType, "label" | "longest_days">, enrolled: number): Wrong {
  const wrong: Wrong = {};
  if (!form.name.trim()) wrong.name = "请填写班级名称";
  else if (characters(form.name.trim()) > 100) wrong.name = "班级名称最多 100 个字";
  if (!form.start_day) wrong.start_day = "请选择开课日期";
  if (!form.end_day) wrong.end_day = "请选择结课日期";
  const days = dayCount(form.start_day, form.end_day);
  if (form.start_day && form.end_day && days < 1) wrong.end_day = "结课日期不能早于开课日期";
  if (days > type.longest_days) wrong.end_day = `${type.label}最长 ${type.longest_days} 天，现在是 ${days} 天`;
  if (!form.teacher_id) wrong.teacher_id = "请选择班主任";
  if (form.assistant_ids.includes(form.teacher_id)) wrong.assistant_ids = "班主任不必再选为助教";
  if (!form.planned_headcount) wrong.planned_headcount = "请填写预计培训人数，1～500 人";
  else if (form.planned_headcount < enrolled) wrong.planned_headcount = `已有 ${enrolled} 名学员报名，不能少于此数`;
  if (!form.region.province || !form.region.city || !form.region.district) wrong.region = "请选择省、市、区县";
  if (!form.category_id) wrong.category_id = "请选择培训分类";
  if (characters(form.announcement) > LONGEST_ANNOUNCEMENT) wrong.announcement = `班级公告最多 ${LONGEST_ANNOUNCEMENT} 个字`;
  return wrong;
}

/** Once nothing is wrong. */
export function basicSettings(form: BasicForm): BasicSettings {
  return { ...form, name: form.name.trim(), start_day: form.start_day ?? "", end_day: form.end_day ?? "", planned_headcount: form.planned_headcount ?? 0 };
}
