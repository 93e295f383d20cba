/** A medium's link ends within minutes (C10, K27): what broke is fetched anew without a word, unless that did not help. */

const SOON = 30_000;

export class Renewal {
  private last: { place: number; moment: number } | null = null;

  /** Whether to fetch it anew: not when it breaks at the same place again within half a minute, for then no link had ended. `moment` is in milliseconds. */
  mayBegin(place: number, moment: number): boolean {
    const last = this.last;
    this.last = { place, moment };
    return last === null || last.place !== place || moment - last.moment >= SOON;
  }
}
