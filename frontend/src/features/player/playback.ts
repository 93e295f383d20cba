/**
 * What was really played of a video, without a gap (K18). Positions and the clock are in seconds with their fractions, as
 * the browser gives them; only what is handed on is whole seconds. So a pause, a lock or a stall in the middle of a second
 * loses nothing: the second is whole as soon as its other part has been played too.
 */
import { difference, union, type Span } from "./spans";

/** Positions closer than this are the same place: a browser lands a little beside where it was sent or stopped. */
const SAME_PLACE = 0.3;
/** How far playing may be ahead of the clock: both are read with some delay. More is a jump, or not normal speed. */
const AHEAD = 0.5;
/** What may be missing of a whole second. */
const ROUNDING = 0.01;
/** The end is reached from so far away: a duration is rounded to whole seconds, the picture ends where it ends. */
const LAST = 1.6;

export class Playback {
  /** Where playing is, or was last. */
  at = 0;
  private played: Span[] = [];
  private taken: Span[] = [];
  private from: number | null = null;
  private lastLook = 0;
  private ahead = 0;

  /** `length` is the video's in whole seconds. */
  constructor(private readonly length: number) {}

  /** Whether it plays, as far as is known. */
  get running(): boolean {
    return this.from !== null;
  }

  /** It plays on from here, until it is stopped. */
  start(position: number, clock: number): void {
    if (this.from !== null) return;
    this.from = position;
    this.at = position;
    this.lastLook = clock;
    this.ahead = 0;
  }

  /** Here it is now. A step back, or further than the time that passed, was a jump and not played. */
  look(position: number, clock: number): void {
    if (this.from === null) return;
    const step = position - this.at;
    this.ahead = Math.max(0, this.ahead + step - (clock - this.lastLook));
    if (step < -SAME_PLACE || this.ahead > AHEAD) {
      this.stop();
      this.start(position, clock);
      return;
    }
    this.at = Math.max(this.at, position);
    this.lastLook = clock;
  }

  /** It stands still, or goes on elsewhere. */
  stop(): void {
    if (this.from === null) return;
    this.played = joined([...this.played, [this.from, this.at]]);
    this.from = null;
  }

  /**
   * It was sent elsewhere. Where it had come to since the last look is in `ranges`, the browser's own record of what
   * was played; of that no more than the time that passed, for it also knows earlier plays.
   */
  leave(ranges: readonly Span[], clock: number): void {
    if (this.from === null) return;
    const range = ranges.find(([from, to]) => from <= this.at + ROUNDING && this.at <= to + ROUNDING);
    if (range) this.at = Math.min(range[1], this.at + Math.max(0, clock - this.lastLook));
    this.stop();
  }

  /** It played to its end. */
  finish(): void {
    if (this.from !== null && this.length - this.at < LAST) this.at = Math.max(this.at, this.length);
    this.stop();
  }

  /** The whole seconds that were played and not yet taken. */
  take(): Span[] {
    const now = this.from === null ? this.played : joined([...this.played, [this.from, this.at]]);
    const whole = union(now.map(([from, to]): Span => [Math.max(0, Math.ceil(from - SAME_PLACE)), Math.min(this.length, Math.floor(to + ROUNDING))]));
    const fresh = difference(whole, this.taken);
    this.taken = union([...this.taken, ...fresh]);
    return fresh;
  }

  /** Nothing counts as played any more: it is played again. */
  forget(): void {
    this.played = [];
    this.taken = [];
    this.from = null;
  }
}

/** The union, in which what lies at the same place touches. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1] + SAME_PLACE) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
