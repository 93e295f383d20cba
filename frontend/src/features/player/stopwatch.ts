/** For how long a document was read: runs while it is seen, so that hiding it in the middle of a second loses and adds nothing (K18). */

/** A longer time between two looks at the clock is one in which the device slept. In seconds. */
const LONGEST_LOOK = 5;

export class Stopwatch {
  private last: number | null = null;

  /** From now on it runs, or stands still. Returns the seconds since the last look, as `look` does. */
  turn(on: boolean, clock: number): number {
    const passed = this.look(clock);
    this.last = on ? clock : null;
    return passed;
  }

  /** The seconds since the last look for which it ran. `clock` is in seconds. */
  look(clock: number): number {
    if (this.last === null) return 0;
    const passed = Math.min(Math.max(0, clock - this.last), LONGEST_LOOK);
    this.last = clock;
    return passed;
  }
}
