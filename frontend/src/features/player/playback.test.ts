import { describe, expect, it } from "vitest";
import { Playback } from "./playback";
import { measure, union, type Span } from "./spans";

/** Plays from `from` to `to` at normal speed, looked at every quarter of a second. */
function play(playback: Playback, from: number, to: number, clock: number): number {
  playback.start(from, clock);
  for (let at = from; at < to; at += 0.25) playback.look(at, clock + at - from);
  playback.look(to, clock + to - from);
  return clock + to - from;
}

describe("what was played of a video", () => {
  it("is whole although every pause falls into a second (K18)", () => {
    const playback = new Playback(60);
    const taken: Span[] = [];
    let [from, clock] = [0, 0];
    for (const to of [1.64, 2.64, 3.65, 4.62, 6]) {
      clock = play(playback, from, to, clock) + 1.3;
      playback.stop();
      taken.push(...playback.take());
      from = to;
    }
    expect(union(taken)).toEqual([[0, 6]]);
    expect(measure(taken)).toBe(6);
  });

  it("is told once, and a second only when it is whole", () => {
    const playback = new Playback(60);
    play(playback, 0, 2.9, 0);
    expect(playback.take()).toEqual([[0, 2]]);
    expect(playback.take()).toEqual([]);
    playback.stop();
    expect(playback.take()).toEqual([]);
    play(playback, 2.9, 3.2, 100);
    expect(playback.take()).toEqual([[2, 3]]);
  });

  it("has no carry over a jump: the two halves are of different seconds", () => {
    const playback = new Playback(60);
    play(playback, 0, 1.6, 0);
    playback.leave([[0, 1.6]], 1.6);
    play(playback, 20.4, 21.4, 1.6);
    playback.stop();
    expect(playback.take()).toEqual([[0, 1]]);
  });

  it("includes what was played between the last look and a jump, as the browser recorded it", () => {
    const playback = new Playback(60);
    playback.start(0, 0);
    playback.look(2.9, 2.9);
    playback.leave([[0, 3.1]], 3.1);
    expect(playback.take()).toEqual([[0, 3]]);
  });

  it("includes no more of the browser's record than the time that passed, for it knows earlier plays", () => {
    const playback = new Playback(60);
    playback.start(0, 0);
    playback.look(2.5, 2.5);
    playback.leave([[0, 40]], 2.7);
    expect(playback.take()).toEqual([[0, 2]]);
  });

  it("does not include a jump that nobody announced, nor double speed", () => {
    const jumping = new Playback(60);
    jumping.start(0, 0);
    jumping.look(1, 1);
    jumping.look(9.4, 1.25);
    jumping.look(11, 2.85);
    expect(jumping.take()).toEqual([[0, 1], [10, 11]]);
    const fast = new Playback(60);
    fast.start(0, 0);
    for (let clock = 0.25; clock <= 10; clock += 0.25) fast.look(clock * 2, clock);
    expect(measure(fast.take())).toBeLessThanOrEqual(10);
  });

  it("goes on over a stall and over looks that come late", () => {
    const playback = new Playback(60);
    playback.start(0, 0);
    playback.look(1.5, 1.5);
    playback.look(1.5, 9);
    playback.look(6, 13.5);
    expect(playback.take()).toEqual([[0, 6]]);
  });

  it("ends with the last second, whether the length was rounded up or down", () => {
    for (const [length, end] of [[7, 6.4], [6, 6.4], [6, 5.9], [6, 6]] as const) {
      const playback = new Playback(length);
      play(playback, 0, end, 0);
      playback.finish();
      expect(playback.take()).toEqual([[0, length]]);
    }
  });

  it("is played again after it was forgotten", () => {
    const playback = new Playback(60);
    play(playback, 0, 5, 0);
    expect(playback.take()).toEqual([[0, 5]]);
    playback.forget();
    play(playback, 3, 5, 9);
    expect(playback.take()).toEqual([[3, 5]]);
  });

  it("is every played second at the least and no more than the clock, whatever pauses and jumps lie in between", () => {
    const random = mulberry(20261130);
    for (let round = 0; round < 400; round += 1) {
      const jumps = round % 2 === 1;
      const { taken, truth, passed } = journey(random, jumps);
      const whole = union(truth.map(([from, to]): Span => [Math.ceil(from), Math.floor(to)]));
      expect(measure(taken)).toBeGreaterThanOrEqual(measure(whole));
      expect(measure(taken)).toBe(measure(union(taken)));
      if (jumps) continue;
      expect(taken.length ? union(taken) : [[0, 0]]).toEqual([[0, Math.floor(truth[0]![1] + 0.01)]]);
      expect(measure(taken)).toBeLessThanOrEqual(passed + 0.01);
    }
  });
});

/** A learner who plays, pauses and (with `jumps`) drags, at milliseconds; what was taken and what was truly played. */
function journey(random: () => number, jumps: boolean): { taken: Span[]; truth: Span[]; passed: number } {
  const ms = (most: number): number => Math.floor(random() * most * 1000) / 1000;
  const playback = new Playback(600);
  const taken: Span[] = [];
  let truth: Span[] = [];
  let [at, clock] = [0, 0];
  for (let step = 0; step < 25; step += 1) {
    const from = at;
    playback.start(at, clock);
    const end = at + ms(4);
    while (at < end) {
      const piece = Math.min(end - at, 0.004 + ms(0.4));
      [at, clock] = [at + piece, clock + piece];
      if (random() < 0.9) playback.look(at, clock);
      if (random() < 0.1) taken.push(...playback.take());
      if (random() < 0.1) clock += ms(3); // it stalls
    }
    truth = union([...truth, [from, at]]);
    if (jumps && random() < 0.3) {
      playback.leave(truth, clock);
      at = ms(60);
    } else {
      playback.look(at, clock);
      taken.push(...playback.take());
      playback.stop();
      clock += ms(5);
    }
  }
  playback.stop();
  taken.push(...playback.take());
  return { taken, truth, passed: clock };
}

/** Random numbers that are the same each time. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
