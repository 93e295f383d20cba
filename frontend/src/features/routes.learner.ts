/** Routes of the learner pages. */
import type { RouteRecordRaw } from "vue-router";
import { addHelp } from "@/shared/texts/help";
import { HELP as accountHelp } from "./account/texts";
import { HELP as checkInHelp } from "./check-in/texts";
import { HELP as deviceHelp } from "./device-check/texts";
import { HELP as examHelp } from "./exam/texts";
import { HELP as classHelp } from "./learner-classes/texts";
import { HELP as playerHelp } from "./player/texts";

addHelp({ ...accountHelp, ...classHelp, ...checkInHelp, ...playerHelp, ...examHelp, ...deviceHelp });

const roles = ["learner"];

export const learnerRoutes: RouteRecordRaw[] = [
  { path: "", redirect: { name: "my-classes" } },
  { path: "classes", name: "my-classes", component: () => import("./learner-classes/pages/MyClassesPage.vue"), meta: { title: "我的班级", roles, help: "my-classes" } },
  { path: "join", name: "join", component: () => import("./joining/pages/JoinPage.vue"), meta: { title: "加入班级", roles, menu: "my-classes", help: "my-classes" } },
  { path: "classes/:classId", name: "my-class", component: () => import("./learner-classes/pages/MyClassPage.vue"), meta: { title: "班级详情", roles, menu: "my-classes", help: "my-class" } },
  { path: "classes/:classId/check-in", name: "check-in", component: () => import("./check-in/pages/CheckInPage.vue"), meta: { title: "签到", roles, menu: "my-classes", help: "check-in" } },
  { path: "classes/:classId/real-name", name: "real-name", component: () => import("./check-in/pages/RealNamePage.vue"), meta: { title: "实名认证", roles, menu: "my-classes", help: "check-in" } },
  { path: "classes/:classId/items/:itemId", name: "player", component: () => import("./player/pages/PlayerPage.vue"), meta: { title: "学习", roles, menu: "my-classes", help: "player" } },
  { path: "classes/:classId/exam", name: "exam", component: () => import("./exam/pages/ExamPage.vue"), meta: { title: "线上考试", roles, menu: "my-classes", help: "exam" } },
  { path: "classes/:classId/attempts/:attemptId", name: "attempt", component: () => import("./exam/pages/AttemptPage.vue"), meta: { title: "作答", roles, menu: "my-classes", help: "attempt" } },
  { path: "account", name: "my-account", component: () => import("./account/pages/MyAccountPage.vue"), meta: { title: "我的账号", roles, menu: "my-classes", help: "my-account" } },
  { path: "device-check", name: "device-check", component: () => import("./device-check/pages/DeviceCheckPage.vue"), meta: { title: "设备检测", roles, menu: "my-classes", help: "device-check" } },
];
