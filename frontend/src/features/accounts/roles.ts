/** The roles, by the place where they hold (DOMAIN §2). */
import { ROLE_LABELS } from "@/shared/roles";
import type { Role } from "./calls";

export interface RoleGroup {
  key: "provider" | "dealer" | "platform" | "learner";
  title: string;
  roles: { role: Role; does: string }[];
}

export const ROLE_GROUPS: RoleGroup[] = [
  {
    key: "provider",
    title: "培训单位角色",
    roles: [
      { role: "provider_admin", does: "本单位全部功能，管理账号" },
      { role: "registrar", does: "课程、课程包、试卷、班级与设置、名单" },
      { role: "class_teacher", does: "所负责班级的名单、学习、签到、反馈" },
      { role: "assistant", does: "同班主任，限所分配的班级" },
      { role: "business_manager", does: "开班、结业、订单与结算" },
    ],
  },
  {
    key: "dealer",
    title: "经销商角色",
    roles: [
      { role: "account_manager", does: "一审、预计培训人数、价格协议" },
      { role: "dealer_finance", does: "结算确认、订单、事件订阅" },
    ],
  },
  {
    key: "platform",
    title: "平台角色",
    roles: [
      { role: "platform_reviewer", does: "全部申请的二审" },
      { role: "platform_admin", does: "培训单位、经销商、账号与角色" },
    ],
  },
  { key: "learner", title: "学员", roles: [{ role: "learner", does: "加入班级、学习、考试" }] },
];

export function rolesOf(key: RoleGroup["key"]): Role[] {
  return ROLE_GROUPS.find((group) => group.key === key)?.roles.map(({ role }) => role) ?? [];
}

export function holds(roles: readonly Role[], key: RoleGroup["key"]): boolean {
  return rolesOf(key).some((role) => roles.includes(role));
}

export function rolesText(roles: readonly Role[]): string {
  return roles.map((role) => ROLE_LABELS[role]).join("、");
}
