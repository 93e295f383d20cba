import { describe, expect, it } from "vitest";
import type { ClassRow, TrainingClass } from "@/features/classes/calls";
import type { Lists } from "./calls";
import { waitingFor } from "./waiting";

const as = (...roles: string[]) => (...wanted: string[]): boolean => wanted.some((role) => roles.includes(role));
const open = (end_day: string): ClassRow => ({ id: "o", name: "某班", end_day, joined: 3, enrolled: 5 }) as unknown as ClassRow;
const draft = (more: object): TrainingClass => ({ id: "d", name: "新班", enrolled: 2, planned_headcount: 30, missing: [], application: null, ...more }) as unknown as TrainingClass;
const of = (part: Partial<Lists>): Lists => ({ drafts: [], open: [], ...part });
const kinds = (lists: Lists, ...roles: string[]): string[] => waitingFor(as(...roles), lists, null, "2026-11-24").map((each) => `${each.kind}:${each.act}`);

describe("what waits", () => {
  it("is nothing for a class that ends in more than a week", () => {
    expect(kinds(of({ open: [open("2026-12-02")] }), "class_teacher")).toEqual([]);
    expect(kinds(of({ open: [open("2026-12-01")] }), "class_teacher")).toEqual(["即将结课:学习情况"]);
  });

  it("is the graduation, for who may apply, once the class has ended", () => {
    expect(kinds(of({ open: [open("2026-11-23")] }), "business_manager")).toEqual(["办理结业:办理结业"]);
    expect(kinds(of({ open: [open("2026-11-23")] }), "class_teacher")).toEqual(["等待结业:学习情况"]);
  });

  it("is a prepared opening, for who may submit it", () => {
    const found = of({ drafts: [draft({ application: { kind: "opening", state: "prepared" } })] });
    expect(kinds(found, "business_manager")).toEqual(["开班待提交:去提交"]);
    expect(kinds(found, "registrar")).toEqual(["开班待提交:查看"]);
  });

  it("leads a registrar to the first step that is missing, a teacher to the roster", () => {
    const found = of({ drafts: [draft({ missing: [{ field: "/supervision", message: "第 3 步。" }, { field: "/roster", message: "名单。" }] })] });
    const [first] = waitingFor(as("registrar"), found, null, "2026-11-24");
    expect(first?.to).toMatchObject({ name: "class-wizard", params: { step: "supervision" } });
    expect(kinds(found, "class_teacher")).toEqual(["班级待完善:导入学员"]);
    expect(kinds(found, "business_manager")).toEqual([]);
  });

  it("puts overdue orders first", () => {
    const found = waitingFor(as("business_manager"), of({ open: [open("2026-11-25")] }), { unsettled: { orders: 2, amount: "900.00" }, overdue: { orders: 1, amount: "750.00" } }, "2026-11-24");
    expect(found.map((each) => each.key)).toEqual(["overdue", "unsettled", "end:o"]);
    expect(found[0]?.title).toBe("1 个订单已过付款期限，共 ¥750.00");
  });
});
