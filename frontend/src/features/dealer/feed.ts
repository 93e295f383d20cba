/** The newest events of the dealer's feed. A feed is read forwards only, so the place of the last reading is kept for this tab. */
import { ProblemError } from "@/shared/api/problem";
import { readEvents, type DealerEvent } from "./calls";
import { EVENT_TYPES } from "./texts";

const PART = 100;
const MOST_PARTS = 50;

export interface Tail {
  /** The newest first. */
  events: DealerEvent[];
  /** The cursor behind the newest event that was read. */
  next: string;
  /** False when there are more events behind `next`. */
  complete: boolean;
}

export async function readTail(dealerId: string): Promise<Tail> {
  const kept = sessionStorage.getItem(keyOf(dealerId));
  try {
    return await readFrom(dealerId, kept);
  } catch (error) {
    if (!kept || !(error instanceof ProblemError) || error.status >= 500) throw error;
    sessionStorage.removeItem(keyOf(dealerId)); // a cursor that the server takes no more: from the beginning
    return readFrom(dealerId, null);
  }
}

async function readFrom(dealerId: string, start: string | null): Promise<Tail> {
  let [before, cursor] = [start, start];
  let events: DealerEvent[] = [];
  for (let parts = 1; ; parts += 1) {
    const { items, next } = await readEvents(cursor, PART);
    events = [...events, ...items].slice(-PART);
    const complete = items.length < PART;
    if (complete || parts === MOST_PARTS) {
      if (before) sessionStorage.setItem(keyOf(dealerId), before); // one part back, so that the page is never nearly empty
      return { events: events.reverse(), next, complete };
    }
    [before, cursor] = [cursor, next];
  }
}

function keyOf(dealerId: string): string {
  return `kaike-feed-${dealerId}`;
}

export function typeText(event: DealerEvent): string {
  return EVENT_TYPES[event.type] ?? "其他事件";
}

/** The orders that an event is about. */
export function ordersOf(event: DealerEvent): string[] {
  const { order_number, order_numbers } = event.data;
  if (typeof order_number === "string") return [order_number];
  return Array.isArray(order_numbers) ? order_numbers.map(String) : [];
}

export function amountOf(event: DealerEvent): string | null {
  return typeof event.data.amount === "string" ? event.data.amount : null;
}
