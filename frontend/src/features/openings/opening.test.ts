import { describe, expect, it } from "vitest";
import { unstopped } from "@/shared/format";
import { placeOf, stepOf, type OpeningNow } from "./opening";

function now(state: string, application: Record<string, unknown> | null): OpeningNow {
  return { found: { state } as OpeningNow["found"], application: application && ({ data: application, etag: "" } as unknown as OpeningNow["application"]) };
}

describe("how far an opening is", () => {
  it.each([
    ["draft", null, 0],
    ["draft", { state: "prepared", quote: "pending" }, 0],
    ["draft", { state: "prepared", quote: "priced", quote_stale: true }, 0],
    ["draft", { state: "prepared", quote: "priced", quote_stale: false }, 1],
    ["draft", { state: "rejected", quote: "priced" }, 0],
    ["opening_review", { state: "first_review" }, 2],
    ["opening_review", { state: "second_review" }, 3],
    ["open", { state: "approved" }, 5],
    ["graduated", { state: "approved" }, 5],
  ] as const)("a class that is %s with %j is at step %d", (state, application, place) => {
    expect(placeOf(now(state, application))).toBe(place);
  });
});

describe("where a missing setting is made", () => {
  it.each([
    ["/courses", "courses"],
    ["/courses/exam", "courses"],
    ["/supervision", "supervision"],
    ["/roster", "roster"],
    ["/teacher_id", "basic"],
    ["/end_day", "basic"],
  ])("%s: %s", (field, step) => {
    expect(stepOf(field)).toBe(step);
  });
});

it("goes on in a sentence with somebody's words", () => {
  expect(unstopped("请重新上传。。 ")).toBe("请重新上传");
});
