/** Words of the price agreements. */
import type { HelpText } from "@/shared/texts/help";

/** What may be agreed besides the per-head fee; what is left empty is not agreed and cannot be bought. */
export const OPTIONAL_PRICES = {
  live_minute_price: { label: "直播流量单价", short: "直播流量", unit: "元/分钟" },
  self_built_courses_price: { label: "自建课程", short: "自建课程", unit: "元/年" },
  self_built_portal_price: { label: "自建门户", short: "自建门户", unit: "元/年" },
  popup_paper_price: { label: "弹窗答题指定试卷", short: "弹窗试卷", unit: "元/年" },
} as const;

export const HELP: Record<string, HelpText> = {
  agreements: {
    title: "价格协议",
    parts: [
      { heading: "价格协议是什么", text: "每个培训单位的人头费、直播流量单价、增值服务年价和账期，由其所属经销商的商务专员填写。没有生效的协议，培训单位不能申请开班。" },
      { heading: "修改价格", text: "协议写入后不能修改或删除。需要调整时新建一份，到生效日期起取代之前的协议；已开班的班级按开班时的价格结算，不受影响。" },
    ],
  },
  "agreement-new": {
    title: "新建价格协议",
    parts: [
      { heading: "填写说明", steps: ["选择培训单位：只能选择由您所在经销商服务的单位。", "人头费、账期和生效日期必须填写；其余价格未商定的可以留空，留空表示不能购买。", "账期是订单生成后须付清的天数，0 表示当天付清。"] },
    ],
  },
};
