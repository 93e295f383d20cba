import { describe, expect, it } from "vitest";
import { isEmpty, orderChart, sentenceOf, studyChart } from "./charts";

const days = [
  { day: "2026-11-23", learners: 3, video_seconds: 5400, document_seconds: 0 },
  { day: "2026-11-24", learners: 1, video_seconds: 0, document_seconds: 60 },
];

describe("the charts' figures", () => {
  it("are learners and hours per day", () => {
    const chart = studyChart(days);
    expect(chart.places).toEqual(["11-23", "11-24"]);
    expect(chart.line).toMatchObject({ values: [1.5, 0.02], texts: ["01:30:00", "00:01:00"] });
    expect(sentenceOf("近 14 天学习情况", chart)).toBe("近 14 天学习情况：学习人数最近为 1 人，最高 3 人；学习时长最近为 00:01:00，最高 01:30:00。详细数据见表格。");
  });

  it("are yuan per month", () => {
    expect(orderChart([{ first_day: "2026-02-01", orders: 2, amount: "1500.50" }])).toEqual({
      places: ["2月"],
      bars: { name: "订单金额", unit: "元", values: [1500.5], texts: ["¥1500.50（2 个）"] },
    });
  });

  it("know when there is nothing to show", () => {
    expect(isEmpty(studyChart([{ day: "2026-11-24", learners: 0, video_seconds: 0, document_seconds: 0 }]))).toBe(true);
    expect(isEmpty(studyChart(days))).toBe(false);
  });
});
