import { describe, expect, it } from "vitest";
import { difference, measure, missing, resumeAt, union } from "./spans";

describe("sets of media seconds", () => {
  it("join what touches and drop what is empty", () => {
    expect(union([[5, 8], [0, 3], [3, 4], [9, 9]])).toEqual([[0, 4], [5, 8]]);
  });

  it("know what of a report is new", () => {
    expect(difference([[0, 10]], [[2, 4], [8, 12]])).toEqual([[0, 2], [4, 8]]);
  });

  it("say what is missing and where to go on", () => {
    expect(missing([[0, 18], [29, 31]], 45)).toEqual([[18, 29], [31, 45]]);
    expect(resumeAt([[0, 18], [29, 31]], 45)).toBe(18);
    expect(resumeAt([[0, 45]], 45)).toBe(45);
    expect(measure(missing([], 45))).toBe(45);
  });
});
