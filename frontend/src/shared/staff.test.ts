import { expect, test } from "vitest";
import { memberText, staffChoices } from "./staff";

const on = { account_id: "1", name: "张三", active: true };
const off = { account_id: "2", name: "李四", active: false };

test("who is switched off is named so", () => {
  expect([memberText(on), memberText(off), memberText(null)]).toEqual(["张三", "李四（已停用）", "--"]);
});

test("who is switched off stays shown and cannot be chosen again", () => {
  const candidates = [
    { account_id: "1", name: "张三", roles: ["class_teacher"] },
    { account_id: "3", name: "王五", roles: ["assistant"] },
  ];
  expect(staffChoices([off], candidates, ["class_teacher"])).toEqual([
    { id: "2", name: "李四（已停用）", off: true },
    { id: "1", name: "张三", off: false },
  ]);
});
