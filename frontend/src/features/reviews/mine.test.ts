import { describe, expect, it } from "vitest";
import { turnOf } from "./mine";

const nothing = { stage: null, may_decide: false, why_not: null, why_not_code: null, why_not_approve: null, why_not_approve_code: null };

describe("the review that is due", () => {
  it("is mine when the server says so", () => {
    expect(turnOf({ state: "first_review", due_review: { ...nothing, stage: "first", may_decide: true } })).toEqual({ stage: "first", refusal: "", onlyRejected: "" });
  });

  it("can only be rejected when the class's days are over", () => {
    const why_not_approve = "结课日期 2026-03-06 已过，不能通过开班审核。";
    const turn = turnOf({ state: "first_review", due_review: { ...nothing, stage: "first", may_decide: true, why_not_approve, why_not_approve_code: "classroom.opening.days_over" } });
    expect(turn).toEqual({ stage: "first", refusal: "", onlyRejected: why_not_approve });
  });

  it("is greyed with the server's own reason when it is not", () => {
    const why_not = "不能审核自己提交的申请。请由其他审核人员审核。";
    expect(turnOf({ state: "first_review", due_review: { ...nothing, stage: "first", why_not, why_not_code: "classroom.application.own" } })).toEqual({ stage: "first", refusal: why_not, onlyRejected: "" });
  });

  it("is none while the bill is reckoned, and after the end", () => {
    expect(turnOf({ state: "counting", due_review: nothing }).refusal).toContain("正在统计");
    expect(turnOf({ state: "approved", due_review: nothing }).refusal).toContain("已经结束");
  });
});
