import { expect, test } from "vitest";
import { howLong, waitedText } from "./format";

const since = "2026-11-20T00:00:00Z";
const after = (minutes: number): Date => new Date(Date.parse(since) + minutes * 60_000);

test("how long is said in the two largest units", () => {
  expect([0, 59, 60, 1440, 1440 * 3 + 240].map((minutes) => howLong(since, after(minutes)))).toEqual(["不足 1 分钟", "59 分钟", "1 小时", "1 天", "3 天 4 小时"]);
});

test("a figure stands apart from the words before it, a word does not", () => {
  expect([waitedText(since, after(0)), waitedText(since, after(75))]).toEqual(["已等待不足 1 分钟", "已等待 1 小时"]);
});
