import { describe, expect, it } from "vitest";
import { copyWrong, endFor, nextName } from "./copying";

describe("copying a class", () => {
  it.each([
    ["演示企业班主任岗位第 2 班", "演示企业班主任岗位第 3 班"],
    ["某企业2026年度第9批电工班", "某企业2026年度第10批电工班"],
    ["某企业2026年度电工班", "某企业2026年度电工班（副本）"],
  ])("names the next one: %s", (name, next) => {
    expect(nextName(name)).toBe(next);
  });

  it("keeps a long name within a hundred characters", () => {
    expect([...nextName("电".repeat(100))]).toHaveLength(100);
  });

  it("gives it as many days", () => {
    expect(endFor("2026-06-01", { start_day: "2026-02-27", end_day: "2026-03-02" })).toBe("2026-06-04");
    expect(endFor(null, { start_day: "2026-02-27", end_day: "2026-03-02" })).toBeNull();
  });

  it("asks for what is each class's own", () => {
    expect(Object.keys(copyWrong({ name: " ", start_day: null, end_day: null, announcement: "公".repeat(141) }))).toEqual(["name", "start_day", "end_day", "announcement"]);
    expect(copyWrong({ name: "班", start_day: "2026-06-02", end_day: "2026-06-01", announcement: "" })).toHaveProperty("end_day");
    expect(copyWrong({ name: "班", start_day: "2026-06-01", end_day: "2026-06-01", announcement: "" })).toEqual({});
  });
});
