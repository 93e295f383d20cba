/** 复制: what the dialog begins with, and what is wrong with it. */
import { characters, LONGEST_ANNOUNCEMENT } from "./basic";
import type { ClassRow, CopySettings } from "./calls";
import { dayAfter, dayCount } from "./days";

export interface CopyForm {
  name: string;
  start_day: string | null;
  end_day: string | null;
  announcement: string;
}

export const COPY_FIELDS = ["name", "start_day", "end_day", "announcement"] as const;

/** 某岗位第 2 班 → 某岗位第 3 班; a name without such a number gets （副本）. */
export function nextName(name: string): string {
  const numbered = /^(.*第\s*)(\d{1,4})(\s*[班期批].*)$/.exec(name);
  return numbered ? `${numbered[1]}${Number(numbered[2]) + 1}${numbered[3]}` : `${[...name].slice(0, 96).join("")}（副本）`;
}

/** As many days as the class that is copied had. */
export function endFor(start: string | null, source: Pick<ClassRow, "start_day" | "end_day">): string | null {
  return start ? dayAfter(start, dayCount(source.start_day, source.end_day) - 1) : null;
}

export function copyWrong(form: CopyForm): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (!form.name.trim()) wrong.name = "请填写班级名称";
  if (!form.start_day) wrong.start_day = "请选择开课日期";
  if (!form.end_day) wrong.end_day = "请选择结课日期";
  else if (form.start_day && form.end_day < form.start_day) wrong.end_day = "结课日期不能早于开课日期";
  if (characters(form.announcement) > LONGEST_ANNOUNCEMENT) wrong.announcement = `班级公告最多 ${LONGEST_ANNOUNCEMENT} 字`;
  return wrong;
}

export function copySettings(form: CopyForm): CopySettings {
  return { name: form.name.trim(), start_day: form.start_day ?? "", end_day: form.end_day ?? "", announcement: form.announcement.trim() };
}
