/** Routes of the provider's daily work: class console, opening, graduation, orders, own account, audit log. */
import type { RouteRecordRaw } from "vue-router";
import { PROVIDER_ROLES } from "@/app/landing";
import { addHelp } from "@/shared/texts/help";
import { workHelp } from "./provider-work.help";

addHelp(workHelp);

const onClass = { roles: PROVIDER_ROLES, menu: "classes" };
const onOrders = { roles: ["provider_admin", "business_manager"], menu: "orders" };

export const providerWorkRoutes: RouteRecordRaw[] = [
  {
    path: "classes/:classId",
    name: "class",
    redirect: (to) => ({ name: "class-overview", params: to.params }),
    component: () => import("./class-console/pages/ClassPage.vue"),
    meta: onClass,
    children: [
      { path: "overview", name: "class-overview", component: () => import("./class-console/pages/OverviewTab.vue"), meta: { title: "班级概况", help: "class-overview" } },
      { path: "learners", name: "class-learners", component: () => import("./class-console/pages/LearnersTab.vue"), meta: { title: "学员管理", help: "class-learners" } },
      { path: "learning", name: "class-learning", component: () => import("./class-console/pages/LearningTab.vue"), meta: { title: "学习情况", help: "class-learning" } },
      { path: "learning-days", name: "class-learning-days", component: () => import("./class-console/pages/LearningDaysTab.vue"), meta: { title: "按日统计学习情况", help: "class-learning" } },
      { path: "check-ins", name: "class-check-ins", component: () => import("./class-console/pages/CheckInsTab.vue"), meta: { title: "签到统计", help: "class-check-ins" } },
      { path: "settings", name: "class-settings", component: () => import("./class-console/pages/SettingsTab.vue"), meta: { title: "班级设置", help: "class-settings" } },
    ],
  },
  {
    path: "classes/:classId/learning/:enrolmentId",
    name: "class-learner-details",
    component: () => import("./class-console/pages/LearnerDetailsPage.vue"),
    meta: { ...onClass, title: "学习详情", help: "class-learning" },
  },
  {
    path: "classes/:classId/opening",
    name: "opening",
    component: () => import("./openings/pages/OpeningPage.vue"),
    meta: { ...onClass, title: "开班审核", help: "opening" },
  },
  {
    path: "classes/:classId/graduation",
    name: "graduation",
    component: () => import("./graduations/pages/GraduationPage.vue"),
    meta: { ...onClass, title: "结业审核", help: "graduation" },
  },
  { path: "orders", name: "orders", component: () => import("./orders/pages/OrdersPage.vue"), meta: { ...onOrders, title: "订单", help: "orders" } },
  { path: "orders/:orderId", name: "order", component: () => import("./orders/pages/OrderPage.vue"), meta: { ...onOrders, title: "订单详情", help: "orders" } },
  { path: "settle", name: "settle", component: () => import("./orders/pages/SettlePage.vue"), meta: { ...onOrders, title: "订单结算", help: "settle" } },
  { path: "account", name: "account", component: () => import("./account/pages/AccountPage.vue"), meta: { title: "我的账号", help: "account" } },
  {
    path: "audit-log",
    name: "audit-log",
    component: () => import("./audit-log/pages/AuditLogPage.vue"),
    meta: { title: "操作日志", roles: ["provider_admin"], menu: "audit-log", help: "audit-log" },
  },
];
