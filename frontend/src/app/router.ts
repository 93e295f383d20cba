/** Routes by role, each page loaded when it is first opened. */
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { mayLeave, warnBeforeUnload } from "@/shared/unsaved";
import { account, has, loadSession, signedIn } from "./session";
import { arrived, missed } from "./missed";
import { landing } from "./landing";
import { consoleRoutes } from "@/features/routes.console";
import { consoleGuides, learnerGuides } from "@/features/routes.guides";
import { learnerRoutes } from "@/features/routes.learner";
import { officeRoutes } from "@/features/routes.office";
import { plainRoutes } from "@/features/routes.plain";

declare module "vue-router" {
  interface RouteMeta {
    title?: string;
    /** Roles that may open it; none named: anyone signed in. */
    roles?: string[];
    /** Open without signing in. */
    anyone?: boolean;
    /** Key of the help text in shared/texts/help. */
    help?: string;
    /** Key of the menu entry that is lit. */
    menu?: string;
  }
}

const routes: RouteRecordRaw[] = [
  { path: "/", name: "start", component: () => import("@/app/StartPage.vue") },
  ...plainRoutes,
  {
    path: "/console",
    component: () => import("@/app/layouts/ConsoleLayout.vue"),
    children: [...consoleRoutes, ...officeRoutes, ...consoleGuides],
  },
  { path: "/learn", component: () => import("@/app/layouts/LearnerLayout.vue"), children: [...learnerRoutes, ...learnerGuides] },
  { path: "/:rest(.*)*", name: "missing", component: () => import("@/app/MissingPage.vue"), meta: { anyone: true, title: "页面不存在" } },
];

export const router = createRouter({ history: createWebHistory(), routes, scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 } });

// Signed out meanwhile: what was typed stays kept, and nobody is kept from signing in again.
router.beforeEach(async (to, from) => to.path === from.path || !signedIn.value || mayLeave());
if (typeof window !== "undefined") window.addEventListener("beforeunload", warnBeforeUnload);

router.beforeEach(async (to) => {
  if (to.meta.anyone) return true;
  await loadSession();
  if (!account.value) return { name: "sign-in", query: to.path === "/" ? {} : { next: to.fullPath } };
  if (to.name === "start") return landing();
  if (to.meta.roles && !has(...to.meta.roles)) return { name: "forbidden", query: { from: to.fullPath } };
  return true;
});

router.onError((error, to) => missed(error, to.fullPath));

router.afterEach((to, _from, failure) => {
  if (!failure) arrived();
  document.title = to.meta.title ? `${to.meta.title} · 开课` : "开课 · 线上职业培训";
});
