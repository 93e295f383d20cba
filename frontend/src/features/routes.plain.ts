/** Pages without a frame. */
import type { RouteRecordRaw } from "vue-router";
import { addHelp } from "@/shared/texts/help";

addHelp({
  "sign-in": {
    title: "登录",
    parts: [
      { heading: "学员", steps: ["选择“验证码登录”，填写本人手机号，获取并填写短信验证码。首次登录自动建立账号。", "同一手机号 60 秒内只能获取一次验证码；没有收到时请检查手机信号和短信拦截。"] },
      { heading: "培训单位、经销商和平台员工", text: "选择“密码登录”，用账号或手机号和密码登录。账号由本单位管理员建立；忘记密码时请其重置。" },
      { heading: "登录后页面不对", text: "能看到哪些栏目由账号的角色决定。需要其他功能时，请联系本单位管理员开通相应角色。" },
    ],
  },
});

export const plainRoutes: RouteRecordRaw[] = [
  { path: "/sign-in", name: "sign-in", component: () => import("./auth/pages/SignInPage.vue"), meta: { anyone: true, title: "登录", help: "sign-in" } },
  { path: "/forbidden", name: "forbidden", component: () => import("./auth/pages/ForbiddenPage.vue"), meta: { anyone: true, title: "没有权限" } },
];
