import { expect, test } from "vitest";
import { howLong, waitingSince } from "./waiting";

const submitted_at = "2026-11-20T00:00:00Z";
const first = { application_id: "1", kind: "opening", stage: "first", decision: "approved", opinion: "", reason: "", reviewer_name: "", decided_at: "2026-11-21T00:00:00Z" } as const;

test("the first review waits since the submission, the second since the first was decided", () => {
  expect(waitingSince({ state: "first_review", submitted_at, decisions: [] })).toBe(submitted_at);
  expect(waitingSince({ state: "second_review", submitted_at, decisions: [first] })).toBe(first.decided_at);
});

test("how long is said in the two largest units", () => {
  const after = (minutes: number): string => howLong(submitted_at, new Date(Date.parse(submitted_at) + minutes * 60_000));
  expect([after(0), after(59), after(60), after(1440), after(1440 * 3 + 240)]).toEqual(["不足 1 分钟", "59 分钟", "1 小时", "1 天", "3 天 4 小时"]);
});
