import { describe, expect, it } from "vitest";
import { Renewal } from "./renewal";

describe("a medium that broke", () => {
  it("is fetched anew each time that its link has ended, also at the same place after a long pause", () => {
    const renewal = new Renewal();
    expect([renewal.mayBegin(12.4, 0), renewal.mayBegin(612.4, 600_000), renewal.mayBegin(612.4, 1_200_000)]).toEqual([true, true, true]);
  });

  it("is given up when it breaks at the same place right after it was fetched anew", () => {
    const renewal = new Renewal();
    expect([renewal.mayBegin(12.4, 0), renewal.mayBegin(12.4, 29_999)]).toEqual([true, false]);
  });

  it("is tried again when somebody presses the button later", () => {
    const renewal = new Renewal();
    renewal.mayBegin(12.4, 0);
    renewal.mayBegin(12.4, 100);
    expect(renewal.mayBegin(12.4, 31_000)).toBe(true);
  });
});
