/** Filters of a list in the address bar. */
import type { LocationQuery, LocationQueryRaw } from "vue-router";

/** Those of the named filters that the address says. */
export function filtersIn<F extends Record<string, string>>(query: LocationQuery, names: readonly (keyof F & string)[]): Partial<F> {
  const said: Partial<F> = {};
  for (const name of names) {
    const value = query[name];
    if (typeof value === "string" && value) said[name] = value as F[typeof name];
  }
  return said;
}

/** Without what is empty, as it stands in an address. */
export function withoutEmpty(query: LocationQueryRaw): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== "" && value !== undefined && value !== null)) as Record<string, string>;
}

export function sameQuery(wanted: Record<string, string>, query: LocationQuery): boolean {
  return Object.keys(wanted).length === Object.keys(query).length && Object.entries(wanted).every(([name, value]) => query[name] === value);
}
