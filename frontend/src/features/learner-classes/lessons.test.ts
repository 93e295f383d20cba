import { describe, expect, it } from "vitest";
import type { MyClass } from "./calls";
import { examToGoOnWith } from "./lessons";

const EXAM = { title: "结业考试", opens_at: "2026-11-24T00:00:00Z", closes_at: "2026-11-30T00:00:00Z" };
const NOW = new Date("2026-11-25T00:00:00Z");
const done = (changes: object = {}): MyClass => ({ state: "open", finished: true, exam: EXAM, ...changes }) as unknown as MyClass;

describe("what comes after the last lesson", () => {
  it("is the exam, from the moment it opens until it closes", () => {
    expect(examToGoOnWith(done(), NOW)).toBe(EXAM);
    expect(examToGoOnWith(done(), new Date(EXAM.opens_at))).toBe(EXAM);
    expect(examToGoOnWith(done(), new Date("2026-11-23T23:59:59Z"))).toBeNull();
    expect(examToGoOnWith(done(), new Date(EXAM.closes_at))).toBeNull();
  });

  it("is none before the lessons are finished, in a class without one, and after the class has closed", () => {
    for (const changes of [{ finished: false }, { exam: null }, { state: "graduation_review" }, { state: "graduated" }]) {
      expect(examToGoOnWith(done(changes), NOW)).toBeNull();
    }
  });
});
