/** Help of the platform's pages. */
import type { HelpText } from "@/shared/texts/help";

export const HELP: Record<string, HelpText> = {
  providers: {
    title: "培训单位",
    parts: [
      { heading: "登记培训单位", text: "登记后系统分配 6 位编号，用于订单编号，不再改变。每个培训单位由一个经销商服务。" },
      { heading: "付款户名", text: "培训单位结算时，付款户名必须与这里的一致；不填时即为单位名称。" },
      { heading: "停用", text: "停用后该单位员工的角色不再有效（最迟 5 分钟后），数据保留，可随时启用。" },
    ],
  },
  dealers: {
    title: "经销商",
    parts: [
      { heading: "收款账户", text: "培训单位结算时会看到这里的收款户名、银行、账号、商务联系人和电话，请务必核对。修改后只影响之后提交的结算。" },
      { heading: "停用", text: "停用后该经销商员工的角色和程序凭证不再有效，数据保留，可随时启用。" },
    ],
  },
};
