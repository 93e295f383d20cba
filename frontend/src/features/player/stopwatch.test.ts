import { describe, expect, it } from "vitest";
import { Stopwatch } from "./stopwatch";

describe("the time for which a document is read", () => {
  it("is all of it, however often the page is hidden in the middle of a second, and nothing while it is hidden", () => {
    const stopwatch = new Stopwatch();
    let [clock, read, seen] = [0, 0, 0];
    for (let turn = 1; turn <= 200; turn += 1) {
      read += stopwatch.turn(true, clock);
      const shown = (turn * 37) % 100 / 40;
      for (let at = 1; at < shown; at += 1) read += stopwatch.look(clock + at);
      [clock, seen] = [clock + shown, seen + shown];
      read += stopwatch.turn(false, clock);
      read += stopwatch.look(clock + 0.7);
      clock += 3.3;
    }
    expect(read).toBeCloseTo(seen, 6);
  });

  it("is not the night for which the device slept", () => {
    const stopwatch = new Stopwatch();
    stopwatch.turn(true, 0);
    expect(stopwatch.look(30_000)).toBe(5);
  });
});
