/** The figures at the head of 首页, by role: what runs, who studies, what the month came to. */
import type { RouteLocationRaw } from "vue-router";
import { durationText, moneyText } from "@/shared/format";
import { fenOf, yuanOf } from "@/shared/money";
import type { HomeFigures, OrderSummary, StudyDay } from "./calls";

export interface Figure {
  key: string;
  label: string;
  value: string;
  /** The sentence below it. */
  text: string;
  bad?: boolean;
  to?: RouteLocationRaw;
}

export const secondsOf = (day: StudyDay): number => day.video_seconds + day.document_seconds;

export function figuresOf(found: HomeFigures, orders: OrderSummary | null, business: boolean): Figure[] {
  const today = found.days.at(-1);
  const running: Figure = { key: "running", label: "正在进行的班级", value: String(found.running), text: `已开班 ${found.classes.open} 个`, to: { name: "classes", query: { state: "open" } } };
  const now: Figure = { key: "now", label: "正在学习的学员", value: String(found.studying_now), text: "近 5 分钟内有学习记录，每分钟更新" };
  const learners: Figure = { key: "learners", label: "今日学习人数", value: String(today?.learners ?? 0), text: "今天计入过学习时长的学员" };
  const time: Figure = { key: "time", label: "今日学习时长", value: durationText(today ? secondsOf(today) : 0), text: "视频与文档，不含模考" };
  return business ? [running, now, ...orderFigures(orders)] : [running, now, learners, time];
}

function orderFigures(orders: OrderSummary | null): Figure[] {
  const month = orders?.months.at(-1);
  const to = { name: "orders" };
  if (!orders || !month) return [{ key: "month", label: "本月订单", value: "--", text: "", to }, { key: "owed", label: "未结算订单", value: "--", text: "", to }];
  const owed = yuanOf(fenOf(orders.unsettled.amount) + fenOf(orders.overdue.amount));
  const late = orders.overdue.orders > 0;
  return [
    { key: "month", label: "本月订单", value: moneyText(month.amount), text: `${month.orders} 个订单`, to },
    {
      key: "owed",
      label: "未结算订单",
      value: moneyText(owed),
      text: `${orders.unsettled.orders} 个未到期，${orders.overdue.orders} 个已逾期${orders.in_review.orders ? `，另有 ${orders.in_review.orders} 个结算审核中` : ""}`,
      bad: late,
      to: { name: "orders", query: { state: late ? "overdue" : "unsettled" } },
    },
  ];
}
