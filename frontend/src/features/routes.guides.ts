/** 入门指南 (K32), in the frame of whoever reads it. */
import type { RouteRecordRaw } from "vue-router";
import { PROVIDER_ROLES } from "@/app/landing";
import { addHelp } from "@/shared/texts/help";

const page = () => import("./guides/pages/GuidePage.vue");

addHelp({
  guide: {
    title: "入门指南",
    parts: [{ heading: "怎么用", text: "按顺序做，每一步下面的链接打开相应的页面。各页面右上角的“帮助”有更详细的说明。" }],
  },
});

export const consoleGuides: RouteRecordRaw[] = [{ path: "guides/:guide", name: "guide", component: page, meta: { title: "入门指南", roles: PROVIDER_ROLES, help: "guide" } }];

export const learnerGuides: RouteRecordRaw[] = [{ path: "guide", name: "learner-guide", component: page, props: { guide: "learner" }, meta: { title: "入门指南", roles: ["learner"], help: "guide" } }];
