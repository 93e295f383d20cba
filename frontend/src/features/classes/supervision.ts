/** Step 3 as a form, and what can be wrong with it (K4). */
import type { StudyWindow, SupervisionSettings, TrainingClass } from "./calls";
import type { Wrong } from "./step";

export interface SupervisionForm {
  real_name: boolean;
  check_in: "off" | "once" | "twice";
  limited: boolean;
  daily_video_hours: number | null;
  windowed: boolean;
  study_windows: StudyWindow[];
}

export const SUPERVISION_FIELDS = ["real_name", "check_in", "daily_video_hours", "study_windows"] as const;
export const MOST_WINDOWS = 6;

export function supervisionForm(current: TrainingClass): SupervisionForm {
  const said = current.steps.supervision ? current.supervision : {};
  return {
    real_name: said.real_name ?? true,
    check_in: said.check_in ?? "once",
    limited: typeof said.daily_video_hours === "number",
    daily_video_hours: said.daily_video_hours ?? 8,
    windowed: (said.study_windows ?? []).length > 0,
    study_windows: said.study_windows?.length ? said.study_windows.map((each) => ({ ...each })) : [{ from: "06:00", to: "23:00" }],
  };
}

export function supervisionWrong(form: SupervisionForm): Wrong {
  const wrong: Wrong = {};
  if (form.check_in !== "off" && !form.real_name) wrong.check_in = "启用每日签到需要先开启实名认证";
  if (form.limited && !form.daily_video_hours) wrong.daily_video_hours = "请填写每天最多学习的小时数，1～24";
  if (form.windowed) {
    const text = windowsWrong(form.study_windows);
    if (text) wrong.study_windows = text;
  }
  return wrong;
}

function windowsWrong(windows: readonly StudyWindow[]): string {
  if (windows.length === 0) return "请至少添加一个点播时间段，或关闭时间段限制";
  let before = "00:00";
  for (const [place, window] of windows.entries()) {
    const name = `第 ${place + 1} 个时间段`;
    if (!window.from || !window.to) return `${name}没有填完整`;
    if (window.from >= window.to) return `${name}的结束应晚于开始`;
    if (window.from < before) return "时间段请按先后顺序填写，不能重叠";
    before = window.to;
  }
  return "";
}

export function supervisionSettings(form: SupervisionForm): SupervisionSettings {
  return {
    real_name: form.real_name,
    check_in: form.check_in,
    daily_video_hours: form.limited ? form.daily_video_hours : null,
    study_windows: form.windowed ? form.study_windows.map((each) => ({ ...each })) : [],
  };
}

/** 00:00, 00:30 … 24:00, and the times that are chosen already. */
export function timesOfDay(...chosen: string[]): string[] {
  const halves = Array.from({ length: 49 }, (_, half) => `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 ? "30" : "00"}`);
  return [...new Set([...halves, ...chosen.filter(Boolean)])].sort();
}
