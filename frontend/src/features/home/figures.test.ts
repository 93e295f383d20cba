import { describe, expect, it } from "vitest";
import type { HomeFigures, OrderSummary } from "./calls";
import { figuresOf } from "./figures";

const home = {
  classes: { draft: 1, opening_review: 0, open: 3, graduation_review: 0, graduated: 2 },
  running: 2,
  studying_now: 4,
  days: [{ day: "2026-11-24", learners: 5, video_seconds: 3600, document_seconds: 61 }],
} as HomeFigures;
const none = { orders: 0, amount: "0.00" };
const orders = (part: Partial<OrderSummary>): OrderSummary => ({ months: [{ first_day: "2026-11-01", orders: 2, amount: "1500.00" }], unsettled: none, overdue: none, in_review: none, ...part });
const shown = (found: ReturnType<typeof figuresOf>): string[] => found.map((each) => `${each.label} ${each.value}`);

describe("the figures of the first page", () => {
  it("are about study for who has nothing to do with orders", () => {
    expect(shown(figuresOf(home, null, false))).toEqual(["正在进行的班级 2", "正在学习的学员 4", "今日学习人数 5", "今日学习时长 01:01:01"]);
  });

  it("have this month's orders and what is owed for the business side", () => {
    const found = figuresOf(home, orders({ unsettled: { orders: 1, amount: "75.50" }, overdue: { orders: 2, amount: "100.00" } }), true);
    expect(shown(found).slice(2)).toEqual(["本月订单 ¥1500.00", "未结算订单 ¥175.50"]);
    expect(found[3]).toMatchObject({ bad: true, text: "1 个未到期，2 个已逾期", to: { query: { state: "overdue" } } });
  });

  it("are empty while orders could not be read", () => {
    expect(shown(figuresOf(home, null, true)).slice(2)).toEqual(["本月订单 --", "未结算订单 --"]);
  });
});
