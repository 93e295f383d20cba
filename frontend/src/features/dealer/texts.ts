/** Words of the dealer's pages. */
import type { HelpText } from "@/shared/texts/help";

export const EVENT_TYPES: Record<string, string> = {
  "billing.order.created.v1": "订单生成",
  "billing.settlement.submitted.v1": "结算提交",
  "billing.settlement.confirmed.v1": "结算确认到账",
  "billing.settlement.rejected.v1": "结算退回",
};

export const HELP: Record<string, HelpText> = {
  "dealer-settlements": {
    title: "结算确认",
    parts: [
      { heading: "怎么处理", steps: ["培训单位转账后提交结算，会出现在“待确认”中。", "打开结算，将汇款凭证与订单、付款方信息逐项核对，并在银行核实款项已到账。", "无误点“确认到账”，其中的订单全部转为已结算；有误点“退回”并写明原因，订单全部恢复为未结算。"] },
      { heading: "一次转账多笔订单", text: "一次结算中的订单只能一起确认或一起退回。" },
    ],
  },
  "dealer-orders": {
    title: "订单",
    parts: [{ heading: "查询订单", text: "这里列出由您所在经销商服务的培训单位的全部订单，可按类型、状态、创建日期和文字查询。点订单编号查看明细、结算记录和审核日志。" }],
  },
  "dealer-feed": {
    title: "事件订阅",
    parts: [
      { heading: "用来做什么", text: "经销商自己的系统（如账务系统）可以读取本经销商的订单和结算事件，不必人工抄录。程序只能读取，不能确认或退回结算。" },
      { heading: "接入步骤", steps: ["在“程序凭证”中新建凭证，保存密钥（只显示一次）。", "程序用凭证换取访问令牌，令牌 5 分钟内有效，到期再换。", "从头读取事件，把返回的 next 与事件一起存下，下次带上 after=next 继续读取。"] },
      { heading: "凭证泄露了怎么办", text: "立即撤销该凭证，再新建一个。撤销后程序最多还能读取 5 分钟。" },
    ],
  },
};
