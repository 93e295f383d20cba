import { expect, it } from "vitest";
import { ProblemError } from "@/shared/api/problem";
import { wrongRosterOf } from "./problems";

it("tells rows, the file as a whole and the marked file apart", () => {
  const problem = new ProblemError({
    code: "classroom.roster.rows_wrong",
    status: 422,
    title: "名单有误，没有导入任何学员",
    detail: "共 2 行，其中 1 行有错误，没有导入任何学员。",
    next_step: "请修改。",
    errors: [
      { field: "/file", code: "required", message: "请填写姓名。", row: 2, column: "姓名", value: "" },
      { field: "/file", code: "full", message: "还缺 1 个名额。" },
    ],
    warnings: [],
    marked_file: "/api/v1/classroom/roster-files/x",
  });
  const wrong = wrongRosterOf(problem);
  expect(wrong.rows).toEqual([{ row: 2, column: "姓名", value: "（空）", message: "请填写姓名。" }]);
  expect(wrong.whole).toEqual(["还缺 1 个名额。"]);
  expect(wrong.markedFile).toBe("/api/v1/classroom/roster-files/x");
});
