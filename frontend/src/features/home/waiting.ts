/** 待办: what waits for the person who looks, by role, the most urgent first. */
import type { RouteLocationRaw } from "vue-router";
import { moneyText } from "@/shared/format";
import { dayCount } from "@/features/classes/days";
import { stepOf } from "@/features/classes/missing";
import type { ClassRow, TrainingClass } from "@/features/classes/calls";
import type { Lists, OrderSummary } from "./calls";

export interface Waiting {
  key: string;
  tone: "bad" | "wait" | "quiet";
  /** The kind of work, such as 办理结业. */
  kind: string;
  title: string;
  text: string;
  act: string;
  to: RouteLocationRaw;
}

type May = (...roles: string[]) => boolean;

const SOON_DAYS = 7;
const WEIGHT = { bad: 0, wait: 1, quiet: 2 };

export function waitingFor(may: May, lists: Lists, orders: Pick<OrderSummary, "unsettled" | "overdue"> | null, today: string): Waiting[] {
  const found = [
    ...ordersWaiting(orders),
    ...lists.open.flatMap((each) => endingOf(each, may, today)),
    ...lists.drafts.flatMap((each) => draftOf(each, may)),
  ];
  return found.sort((a, b) => WEIGHT[a.tone] - WEIGHT[b.tone]);
}

function ordersWaiting(orders: Pick<OrderSummary, "unsettled" | "overdue"> | null): Waiting[] {
  if (!orders) return [];
  const to = (state: string): RouteLocationRaw => ({ name: "orders", query: { state } });
  const found: Waiting[] = [];
  if (orders.overdue.orders) found.push({ key: "overdue", tone: "bad", kind: "订单已逾期", title: `${orders.overdue.orders} 个订单已过付款期限，共 ${moneyText(orders.overdue.amount)}`, text: "请尽快付款并提交汇款凭证。", act: "去结算", to: to("overdue") });
  if (orders.unsettled.orders) found.push({ key: "unsettled", tone: "wait", kind: "订单待结算", title: `${orders.unsettled.orders} 个订单未结算，共 ${moneyText(orders.unsettled.amount)}`, text: "付款后提交汇款凭证，由经销商确认。", act: "去结算", to: to("unsettled") });
  return found;
}

function endingOf(row: ClassRow, may: May, today: string): Waiting[] {
  const end = row.end_day ?? "";
  const left = dayCount(today, end) - 1;
  if (left > SOON_DAYS) return [];
  const params = { classId: row.id };
  const ended = left < 0;
  const business = may("provider_admin", "business_manager");
  const when = ended ? `已于 ${end} 结课` : left === 0 ? "今天结课" : `${left} 天后（${end}）结课`;
  const joined = `已加入 ${row.joined}/${row.enrolled} 人`;
  if (ended && business) return [{ key: `end:${row.id}`, tone: "bad", kind: "办理结业", title: row.name, text: `${when}，${joined}。请核对后提交结业审核。`, act: "办理结业", to: { name: "graduation", params } }];
  const text = ended ? `${when}，${joined}。请核对学习情况，由商务管理提交结业审核。` : `${when}，${joined}。请核对学员的学习情况。`;
  return [{ key: `end:${row.id}`, tone: ended ? "bad" : "wait", kind: ended ? "等待结业" : "即将结课", title: row.name, text, act: "学习情况", to: { name: "class-learning", params } }];
}

function draftOf(draft: TrainingClass, may: May): Waiting[] {
  const params = { classId: draft.id };
  const settingUp = may("provider_admin", "registrar");
  const preparing = may("provider_admin", "registrar", "class_teacher", "business_manager");
  const business = may("provider_admin", "business_manager");
  const item = { key: `draft:${draft.id}`, title: draft.name };
  const application = draft.application;
  const refused = application?.kind === "opening" && application.state === "rejected";
  if (application?.state === "prepared" && preparing) {
    if (business) return [{ ...item, tone: "wait", kind: "开班待提交", text: `开班方案已准备好，预计培训 ${draft.planned_headcount} 人，请核对费用后提交审核。`, act: "去提交", to: { name: "opening", params } }];
    return [{ ...item, tone: "quiet", kind: "开班待提交", text: "开班方案已准备好，等待商务管理提交。", act: "查看", to: { name: "opening", params } }];
  }
  if (refused && preparing) return [{ ...item, tone: "bad", kind: "开班审核不通过", text: "请查看审核日志中的原因，修改后重新提交。", act: "查看原因", to: { name: "opening", params } }];
  if (draft.missing.length === 0) return preparing ? [{ ...item, tone: "wait", kind: "可以开班", text: `设置已完整，名单 ${draft.enrolled} 人，可以办理开班。`, act: "办理开班", to: { name: "opening", params } }] : [];
  return unfinished(draft, settingUp, may("class_teacher", "assistant"), item);
}

function unfinished(draft: TrainingClass, settingUp: boolean, teaching: boolean, item: { key: string; title: string }): Waiting[] {
  const first = draft.missing[0];
  if (!first) return [];
  const text = draft.missing.map((each) => each.message).join("");
  if (settingUp) return [{ ...item, tone: "quiet", kind: "班级待完善", text, act: "继续设置", to: { name: "class-wizard", params: { classId: draft.id, step: stepOf(first.field) } } }];
  const roster = draft.missing.some((each) => each.field === "/roster");
  if (teaching && roster) return [{ ...item, tone: "quiet", kind: "班级待完善", text: "请录入学员报名信息。", act: "导入学员", to: { name: "class-learners", params: { classId: draft.id } } }];
  return [];
}
