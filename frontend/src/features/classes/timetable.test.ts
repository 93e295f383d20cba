import { describe, expect, it } from "vitest";
import { fromHtml, toHtml } from "./timetable";

const timetable = { text: "线下操作训练\n联系助教 <小李>", rows: [{ time: "每周三 17:00-18:00", place: "2 层 201 机房", content: "电子商务实际操作训练" }] };

describe("the offline timetable", () => {
  it("comes back from its own HTML", () => {
    expect(fromHtml(toHtml(timetable))).toEqual({ ...timetable, plain: true });
  });

  it("escapes what people write", () => {
    expect(toHtml({ text: "<script>", rows: [] })).toBe("<p>&lt;script&gt;</p>");
  });

  it("is empty when nothing was written", () => {
    expect(toHtml({ text: " \n", rows: [{ time: " ", place: "", content: "" }] })).toBe("");
  });

  it("says when the HTML has more than it can show", () => {
    const found = fromHtml("<h2>安排</h2><p><b>每周三</b></p><ul><li>操作</li></ul>");
    expect(found.plain).toBe(false);
    expect(found.text).toBe("安排\n每周三\n操作");
  });
});
