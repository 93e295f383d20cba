import { describe, expect, it } from "vitest";
import { changesOf, wrongOf, type RunningForm } from "./running";

const before: RunningForm = {
  end_day: "2026-11-30",
  teacher_id: "t1",
  assistant_ids: ["a1", "a2"],
  supervision_number: "",
  replay: "none",
  replay_until: "",
  opens_at: "2026-11-24 08:00",
  closes_at: "2026-11-30 20:00",
  attempts: 3,
  timetable: "",
};

describe("the settings of an open class (K14)", () => {
  it("send only what was changed", () => {
    expect(changesOf(before, { ...before })).toEqual({});
    expect(changesOf(before, { ...before, supervision_number: "JG-1" })).toEqual({ supervision_number: "JG-1" });
  });

  it("take the order of assistants for no change", () => {
    expect(changesOf(before, { ...before, assistant_ids: ["a2", "a1"] })).toEqual({});
  });

  it("send moments as Shanghai's", () => {
    expect(changesOf(before, { ...before, closes_at: "2026-12-01 20:00" })).toEqual({ exam: { closes_at: "2026-12-01T20:00:00+08:00" } });
  });

  it("never take anything from learners", () => {
    const worse = { ...before, end_day: "2026-11-29", opens_at: "2026-11-25 08:00", closes_at: "2026-11-29 20:00" };
    expect(Object.keys(wrongOf(before, worse))).toEqual(["end_day", "exam.opens_at", "exam.closes_at"]);
    expect(wrongOf(before, { ...before, end_day: "2026-12-02", opens_at: "2026-11-23 08:00" })).toEqual({});
  });

  it("ask for the last day of a replay", () => {
    expect(wrongOf(before, { ...before, replay: "until" })).toEqual({ replay_until: "请选择回看的截止日期" });
  });
});
