/** Words of the class pages. */
import type { ClassKind } from "./calls";

export const KIND_LABELS: Record<ClassKind, string> = {
  vocational_skill: "职业技能培训班级",
  apprenticeship: "新型学徒制培训班级",
  online_live: "线上直播培训班级",
  on_site: "集中定点培训班级",
};

export const COURSE_LABELS: Record<string, string> = { recorded: "线上课程", offline: "线下课程", live: "直播课程" };

export const KIND_NOTES: Record<ClassKind, string> = {
  vocational_skill: "线上、线下课程可自由搭配，适合大多数职业技能培训。",
  apprenticeship: "以线上课程为主的长期培训，学习报告按月分段。",
  online_live: "全部通过直播授课。",
  on_site: "全部线下集中授课，学习报告附每日签到表。",
};

export const STEPS = [
  { key: "basic", text: "基本信息" },
  { key: "courses", text: "课程设置" },
  { key: "supervision", text: "监管设置" },
  { key: "roster", text: "导入学员" },
] as const;

export type StepKey = (typeof STEPS)[number]["key"];

export const CHECK_IN_LABELS = {
  off: { text: "不启用", note: "" },
  once: { text: "每日一次", note: "每天初次进入学习时签到" },
  twice: { text: "每日两次", note: "每日 12:00 前签到一次，12:00 起签到一次" },
} as const;

/** Supervision of the manual that this installation does not have yet. */
export const NOT_YET = ["是否启用学习过程拍照", "是否启用视频学习弹窗答题", "是否开启线上班级意见反馈对话功能"];

export const ANNOUNCEMENT_HINT = "请注明培训目标、培训内容、培训形式、培训地点、助教联络方式、班级群加入方式、签到要求等";
