/** Pages without a frame. */
import type { RouteRecordRaw } from "vue-router";

export const plainRoutes: RouteRecordRaw[] = [
  { path: "/sign-in", name: "sign-in", component: () => import("./auth/pages/SignInPage.vue"), meta: { anyone: true, title: "登录" } },
  { path: "/forbidden", name: "forbidden", component: () => import("./auth/pages/ForbiddenPage.vue"), meta: { anyone: true, title: "没有权限" } },
];
