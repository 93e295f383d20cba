/** What can be done with a class in its state, by whom; and the reason where it can not (K5, K12–K14). */
import type { ClassRow, ClassState } from "./calls";

export type ActionKey = "manage" | "settings" | "opening" | "graduation" | "copy" | "delete";

export interface ClassAction {
  key: ActionKey;
  text: string;
  /** Why it can not be done now; empty when it can. */
  reason: string;
  danger?: boolean;
}

type May = (...roles: string[]) => boolean;

const SETTING_UP = ["provider_admin", "registrar"];
const BUSINESS = ["provider_admin", "business_manager"];

export function actionsOf(row: Pick<ClassRow, "state">, may: May): ClassAction[] {
  const state = row.state as ClassState;
  const found: ClassAction[] = [
    { key: "manage", text: "管理", reason: "" },
    { key: "settings", text: "设置", reason: settingsReason(state, may) },
  ];
  if (state === "draft" || state === "opening_review") found.push(opening(state, may));
  else found.push(graduation(state, may));
  found.push({ key: "copy", text: "复制", reason: may(...SETTING_UP) ? "" : "复制班级需要线上教务或单位管理员" });
  if (state === "draft") found.push({ key: "delete", text: "删除", reason: may(...SETTING_UP) ? "" : "删除班级需要线上教务或单位管理员", danger: true });
  return found;
}

function settingsReason(state: ClassState, may: May): string {
  if (state === "opening_review") return "开班审核期间不能修改设置，可先撤回申请";
  if (state === "graduation_review") return "结业审核期间不能修改设置";
  if (state === "graduated") return "班级已结业，不能再修改设置";
  return may(...SETTING_UP) ? "" : "班级设置由线上教务或单位管理员修改";
}

function opening(state: ClassState, may: May): ClassAction {
  if (state === "opening_review") return { key: "opening", text: "开班审核", reason: "" };
  const allowed = may(...SETTING_UP, "class_teacher", "business_manager");
  return { key: "opening", text: "开班", reason: allowed ? "" : "办理开班由班主任、线上教务或商务管理进行" };
}

function graduation(state: ClassState, may: May): ClassAction {
  if (state !== "open") return { key: "graduation", text: "结业审核", reason: "" };
  return { key: "graduation", text: "结业", reason: may(...BUSINESS) ? "" : "结业审核由商务管理或单位管理员提交" };
}
