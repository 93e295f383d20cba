/** Days and moments of a class, reckoned in Shanghai. */
import { dayOf, momentText } from "@/shared/format";

/** Both days count; 0 when one is missing. */
export function dayCount(start: string | null, end: string | null): number {
  if (!start || !end) return 0;
  return Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000) + 1;
}

export function today(): string {
  return dayOf(new Date());
}

/** The day `days` after (or before) a day. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** "2026-11-24 08:00", read as Shanghai time whatever zone the browser is in → a moment for the API. */
export function toMoment(local: string): string {
  return `${local.replace(" ", "T")}:00+08:00`;
}

/** A moment → "2026-11-24 08:00" in Shanghai; empty when there is none. */
export function toLocal(moment: string | null | undefined): string {
  return moment ? momentText(moment, false) : "";
}
