import { describe, expect, it } from "vitest";
import { basicForm, basicWrong, characters } from "./basic";
import type { ClassType, TrainingClass } from "./calls";
import { courseSettings, coursesForm, coursesWrong } from "./courses";
import { dayAfter, dayCount, toLocal, toMoment } from "./days";
import { supervisionForm, supervisionSettings, supervisionWrong, timesOfDay } from "./supervision";

const type = { type: "vocational_skill", label: "职业技能培训班级", longest_days: 366, allowed: ["recorded", "offline"], required: [], offered: true } as ClassType;
const current = {
  start_day: "2026-11-24",
  end_day: "2026-11-30",
  steps: { basic: true, courses: false, supervision: false, roster: false },
  courses: { recorded: false, package: null, minutes_per_class_hour: 45, replay: "none", replay_until: null, exam: null, offline: false, timetable: "" },
  supervision: {},
} as unknown as TrainingClass;
const picked = { package_id: "p", version: 2, name: "电工", official: true, exam_needed: true };

describe("step 1", () => {
  const whole = {
    ...basicForm(), name: "某班", start_day: "2026-01-01", end_day: "2027-01-01", teacher_id: "t", planned_headcount: 30, category_id: "c",
    region: { province: "北京市", city: "北京市", district: "朝阳区" },
  };

  it("names every required field that is empty", () => {
    expect(Object.keys(basicWrong(basicForm(), type, 0))).toEqual(["name", "start_day", "end_day", "teacher_id", "planned_headcount", "region", "category_id"]);
  });

  it("lets a class of 366 days through and not one of 367", () => {
    expect(basicWrong(whole, type, 0)).toEqual({});
    expect(basicWrong({ ...whole, end_day: "2027-01-02" }, type, 0).end_day).toContain("367 天");
  });

  it("counts an announcement in characters", () => {
    expect(characters("𠮷".repeat(140))).toBe(140);
    expect(basicWrong({ ...whole, announcement: "𠮷".repeat(140) }, type, 0)).toEqual({});
    expect(basicWrong({ ...whole, announcement: "字".repeat(141) }, type, 0).announcement).toBeTruthy();
  });

  it("keeps the planned headcount at or above the roster", () => {
    expect(basicWrong({ ...whole, planned_headcount: 4 }, type, 5).planned_headcount).toContain("5 名");
  });
});

describe("step 2", () => {
  const form = { ...coursesForm(current, type), package: picked };

  it("begins with recorded courses where the type allows them", () => {
    expect(coursesForm(current, type).recorded).toBe(true);
    expect(coursesForm(current, { ...type, allowed: ["offline"], required: ["offline"] })).toMatchObject({ recorded: false, offline: true });
  });

  it("proposes an exam window inside the class's days, in Shanghai time", () => {
    expect(coursesWrong(form, current)).toEqual({});
    expect(courseSettings(form, current).exam).toEqual({ opens_at: "2026-11-24T00:00:00+08:00", closes_at: "2026-11-30T23:59:00+08:00", attempts: 3, minutes: 60, answers_shown: "after_window" });
  });

  it("refuses a replay that ends with the class", () => {
    expect(coursesWrong({ ...form, replay: "until", replay_until: "2026-11-30" }, current).replay_until).toBeTruthy();
  });

  it("does not send what is switched off", () => {
    expect(courseSettings({ ...form, recorded: false, offline: true, text: "周三" }, current)).toMatchObject({ package: null, exam: null, replay: "none", timetable: "<p>周三</p>" });
  });

  it("leaves an untouched timetable of another editor as it was", () => {
    const kept = "<h2>安排</h2><ul><li>周三</li></ul>";
    const there = { ...current, courses: { ...current.courses, offline: true, timetable: kept }, steps: { ...current.steps, courses: true } } as TrainingClass;
    expect(courseSettings({ ...coursesForm(there, type), offline: true }, there).timetable).toBe(kept);
  });
});

describe("step 3", () => {
  it("wants real-name for check-in, and windows in order", () => {
    const form = supervisionForm(current);
    expect(supervisionWrong(form)).toEqual({});
    expect(supervisionWrong({ ...form, real_name: false }).check_in).toBeTruthy();
    expect(supervisionWrong({ ...form, windowed: true, study_windows: [{ from: "08:00", to: "12:00" }, { from: "11:00", to: "24:00" }] }).study_windows).toContain("不能重叠");
    expect(supervisionSettings({ ...form, limited: false, windowed: false })).toMatchObject({ daily_video_hours: null, study_windows: [] });
  });

  it("offers half hours up to the day's end, and odd times that are there", () => {
    expect(timesOfDay("08:10")).toHaveLength(50);
    expect(timesOfDay().at(-1)).toBe("24:00");
  });
});

describe("days", () => {
  it("are counted with both ends", () => {
    expect(dayCount("2026-11-24", "2026-11-24")).toBe(1);
    expect(dayCount("2026-02-28", "2026-03-01")).toBe(2);
    expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
  });

  it("are read in Shanghai whatever the browser's zone", () => {
    expect(toLocal("2026-11-23T16:00:00Z")).toBe("2026-11-24 00:00");
    expect(new Date(toMoment("2026-11-24 00:00")).toISOString()).toBe("2026-11-23T16:00:00.000Z");
  });
});
