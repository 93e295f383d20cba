import { expect, test } from "vitest";
import { waitingSince } from "./waiting";

const submitted_at = "2026-11-20T00:00:00Z";
const first = { application_id: "1", kind: "opening", stage: "first", decision: "approved", opinion: "", reason: "", reviewer_name: "", decided_at: "2026-11-21T00:00:00Z" } as const;

test("the first review waits since the submission, the second since the first was decided", () => {
  expect(waitingSince({ state: "first_review", submitted_at, decisions: [] })).toBe(submitted_at);
  expect(waitingSince({ state: "second_review", submitted_at, decisions: [first] })).toBe(first.decided_at);
});
