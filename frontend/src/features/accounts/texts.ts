/** Words of the accounts' pages. */
import type { HelpText } from "@/shared/texts/help";

export const SHARED = "该账号还有其他身份，您只能调整其在本单位的角色；姓名、登录名、手机号码、密码和停用由本人或平台管理员处理。";
export const ONESELF = "不能停用自己，也不能收回自己的管理员角色，请由另一位管理员操作。";

export const HELP: Record<string, HelpText> = {
  accounts: {
    title: "账号与角色",
    parts: [
      { heading: "一个人一个账号", text: "同一个人在一个单位担任多项工作时，为同一账号选择多个角色即可。" },
      { heading: "角色何时生效", text: "修改角色后，最迟 5 分钟内生效，无需重新登录。停用账号会立即结束其全部登录。" },
      { heading: "学员", text: "学员首次用验证码登录会自动建立账号，无需在这里新建。" },
    ],
  },
  "account-edit": {
    title: "编辑账号",
    parts: [
      { heading: "登录名与手机号码", text: "至少填写一项。登录名以字母开头，3 至 32 位，可用小写字母、数字、点、下划线和连字符。" },
      { heading: "密码", text: "8 至 128 个字符，不要使用常见密码，也不要与登录名或手机号码相同。员工账号不设密码就不能登录。" },
      { heading: "所属单位", text: "选择了培训单位角色须指定培训单位，选择了经销商角色须指定经销商。" },
    ],
  },
};
