/** Sets of media seconds as sorted, disjoint [from, to) pairs: the same reckoning as the server's (K18). */

export type Span = [number, number];

export function union(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (from >= to) continue;
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

export function difference(spans: readonly Span[], less: readonly Span[]): Span[] {
  let left = union(spans);
  for (const [from, to] of less) {
    left = left.flatMap(([a, b]): Span[] => {
      if (to <= a || b <= from) return [[a, b]];
      return ([[a, from], [to, b]] as Span[]).filter(([x, y]) => x < y);
    });
  }
  return left;
}

export function measure(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** What is missing of a whole of this length. */
export function missing(spans: readonly Span[], length: number): Span[] {
  return difference([[0, length]], spans);
}

/** Where to go on: the first second that is missing, or the end. */
export function resumeAt(spans: readonly Span[], length: number): number {
  return missing(spans, length)[0]?.[0] ?? length;
}
