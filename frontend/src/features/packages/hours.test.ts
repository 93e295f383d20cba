import { expect, it } from "vitest";
import { classHours, totalsLine } from "./hours";

const totals = { video_seconds: 1446, document_seconds: 1800, mock_seconds: 0, course_seconds: 3246, class_hours: 1 };

it("shows the manual's own figures", () => {
  expect(totalsLine(2, totals)).toBe("共 2 个课程，共计 00:54:06，1 课时；视频 00:24:06，文档 00:30:00");
});

it("reckons class hours for the class's own minutes, with and without documents (C6)", () => {
  expect(classHours(totals, 45, true)).toBe(1);
  expect(classHours(totals, 45, false)).toBe(0);
  expect(classHours(totals, 20, true)).toBe(2);
});
