/** Texts of one's own account. */
import type { HelpText } from "@/shared/texts/help";

export const HELP: Record<string, HelpText> = {
  "my-account": {
    title: "我的账号",
    parts: [
      { heading: "姓名", text: "首次用验证码登录时，账号还没有姓名，显示为隐藏了中间四位的手机号。填写后，页面右上角显示您的姓名；班级页面和考试中显示的始终是报名名单上的姓名。" },
      { heading: "密码", steps: ["点“获取验证码”，验证码发送到本账号的手机号。", "填写验证码和新密码并保存；以后可以用手机号和密码登录。", "忘记密码也这样重新设置。设置后，其他设备上的登录会退出。"] },
    ],
  },
};
