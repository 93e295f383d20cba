import { describe, expect, it } from "vitest";
import { actionsOf } from "./actions";
import type { ClassState } from "./calls";

const as = (...roles: string[]) => (...wanted: string[]): boolean => wanted.some((role) => roles.includes(role));
const words = (state: ClassState, ...roles: string[]): string[] => actionsOf({ state }, as(...roles)).map((each) => (each.reason ? `(${each.text})` : each.text));

describe("actions of a class", () => {
  it("offers a draft to the registrar for setting up, opening and deleting", () => {
    expect(words("draft", "registrar")).toEqual(["管理", "设置", "开班", "复制", "删除"]);
  });

  it("greys what a class teacher may not do, and keeps preparing the opening", () => {
    expect(words("draft", "class_teacher")).toEqual(["管理", "(设置)", "开班", "(复制)", "(删除)"]);
    expect(words("draft", "assistant")).toEqual(["管理", "(设置)", "(开班)", "(复制)", "(删除)"]);
  });

  it("leaves the graduation to the business manager", () => {
    expect(words("open", "business_manager")).toEqual(["管理", "(设置)", "结业", "(复制)"]);
    expect(words("open", "registrar")).toEqual(["管理", "设置", "(结业)", "复制"]);
  });

  it.each(["opening_review", "graduation_review", "graduated"] as const)("locks the settings in %s and shows the review", (state) => {
    const [, settings, review] = actionsOf({ state }, as("provider_admin"));
    expect(settings?.reason).not.toBe("");
    expect(review?.text).toMatch(/审核$/);
    expect(review?.reason).toBe("");
  });
});
