/** Routes of the provider's pages about classes and course packages: 首页, 班级管理, 创建班级, 课程包管理. */
import type { RouteRecordRaw } from "vue-router";
import { PROVIDER_ROLES } from "@/app/landing";
import { addHelp } from "@/shared/texts/help";
import { classHelp } from "./provider-classes.help";

addHelp(classHelp);

const SETTING_UP = ["provider_admin", "registrar"];

export const providerClassRoutes: RouteRecordRaw[] = [
  { path: "", name: "home", component: () => import("./home/pages/HomePage.vue"), meta: { title: "首页", roles: PROVIDER_ROLES, menu: "home", help: "home" } },
  { path: "classes", name: "classes", component: () => import("./classes/pages/ClassesPage.vue"), meta: { title: "班级管理", roles: PROVIDER_ROLES, menu: "classes", help: "classes" } },
  { path: "classes/new", name: "class-new", component: () => import("./classes/pages/ClassNewPage.vue"), meta: { title: "创建班级", roles: SETTING_UP, menu: "classes", help: "class-wizard" } },
  {
    path: "classes/:classId/setup/:step(basic|courses|supervision|roster)",
    name: "class-wizard",
    component: () => import("./classes/pages/ClassWizardPage.vue"),
    props: true,
    meta: { title: "班级设置", roles: SETTING_UP, menu: "classes", help: "class-wizard" },
  },
  { path: "packages", name: "packages", component: () => import("./packages/pages/PackagesPage.vue"), meta: { title: "课程包管理", roles: PROVIDER_ROLES, menu: "packages", help: "packages" } },
  { path: "packages/:packageId", name: "package", component: () => import("./packages/pages/PackagePage.vue"), props: true, meta: { title: "课程包", roles: PROVIDER_ROLES, menu: "packages", help: "packages" } },
];
