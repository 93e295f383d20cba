/** The console's menu, by role. */
import { has } from "./session";

export interface MenuEntry {
  key: string;
  name: string;
  text: string;
}

const ENTRIES: (MenuEntry & { roles: string[] })[] = [
  { key: "home", name: "home", text: "首页", roles: ["provider_admin", "registrar", "class_teacher", "assistant", "business_manager"] },
  { key: "classes", name: "classes", text: "班级管理", roles: ["provider_admin", "registrar", "class_teacher", "assistant", "business_manager"] },
  { key: "packages", name: "packages", text: "课程包管理", roles: ["provider_admin", "registrar"] },
  { key: "orders", name: "orders", text: "订单", roles: ["provider_admin", "business_manager"] },
  { key: "applications", name: "applications", text: "审核", roles: ["account_manager", "platform_reviewer"] },
  { key: "providers", name: "providers", text: "培训单位", roles: ["platform_admin"] },
  { key: "dealers", name: "dealers", text: "经销商", roles: ["platform_admin"] },
  { key: "agreements", name: "agreements", text: "价格协议", roles: ["account_manager", "platform_reviewer", "platform_admin"] },
  { key: "dealer-settlements", name: "dealer-settlements", text: "结算确认", roles: ["dealer_finance"] },
  { key: "dealer-orders", name: "dealer-orders", text: "订单", roles: ["dealer_finance", "account_manager"] },
  { key: "dealer-feed", name: "dealer-feed", text: "事件订阅", roles: ["dealer_finance"] },
  { key: "accounts", name: "accounts", text: "账号与角色", roles: ["platform_admin", "provider_admin"] },
  { key: "my-classes", name: "my-classes", text: "我的学习", roles: ["learner"] },
  { key: "audit-log", name: "audit-log", text: "操作日志", roles: ["provider_admin"] },
];

export function menuFor(): MenuEntry[] {
  return ENTRIES.filter((entry) => has(...entry.roles));
}
