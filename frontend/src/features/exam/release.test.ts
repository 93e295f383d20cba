import { describe, expect, it } from "vitest";
import { whenShown } from "./release";

const at = "2026-11-30T15:59:00Z";

describe("when right answers are shown", () => {
  it.each([
    ["window_open", at, "考试时间结束后显示（2026-11-30 23:59）"],
    ["attempts_left", at, "最迟 2026-11-30 23:59"],
    ["repeatable", at, "课程结束后显示（2026-11-30 23:59）"],
    ["running", null, "正在进行"],
  ] as const)("says it for %s", (withheld, shownFrom, words) => {
    expect(whenShown({ answers_withheld: withheld, answers_shown_from: shownFrom })).toContain(words);
  });
});
