/** Studying: item tickets, media links, study sessions and reports (K17, K18, C10). */
import { bodyOf, catalog, classroom } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/classroom";

type Schemas = components["schemas"];
export type ItemTicket = Schemas["ItemTicket"];
export type StudySession = Schemas["Session"];
export type Report = Schemas["Report"];
export type Verdict = Schemas["Verdict"];
export type ItemNow = Schemas["ItemNow"];

export interface Judged {
  verdict: Verdict;
  item: ItemNow | undefined;
}

/** A connection that died without a word is given up after this: then the page can say so and try again. */
const PATIENCE = 20_000;

export async function takeItemTicket(classId: string, itemId: string): Promise<ItemTicket> {
  const params = { path: { class_id: classId, item_id: itemId } };
  const signal = AbortSignal.timeout(PATIENCE);
  return await bodyOf(classroom.POST("/api/v1/classroom/my/classes/{class_id}/items/{item_id}/ticket", { params, signal }));
}

/** An address that works for ten minutes, and never beyond the ticket (K27). */
export async function linkOf(ticket: ItemTicket): Promise<string> {
  const params = { path: { media_id: ticket.media_id ?? "" }, header: { "Kaike-Ticket": ticket.ticket } } as never;
  return (await bodyOf(catalog.POST("/api/v1/catalog/media/{media_id}/link", { params, signal: AbortSignal.timeout(PATIENCE) }))).url;
}

export async function openSession(classId: string, itemId: string): Promise<StudySession> {
  const params = { path: { class_id: classId } };
  const body = { device: deviceName(), item_id: itemId };
  return await bodyOf(classroom.POST("/api/v1/classroom/my/classes/{class_id}/study-sessions", { params, body, signal: AbortSignal.timeout(PATIENCE) }));
}

/** One verdict per report. With `leaving` the browser sends it even when the page is gone. */
export async function report(sessionId: string, reports: Report[], leaving = false): Promise<Judged[]> {
  const params = { path: { session_id: sessionId } };
  const how = leaving ? { keepalive: true } : { signal: AbortSignal.timeout(PATIENCE) };
  const { results, items } = await bodyOf(classroom.POST("/api/v1/classroom/study-sessions/{session_id}/reports", { params, body: { reports }, ...how }));
  return (results as Verdict[]).map((verdict) => ({ verdict, item: items.find((item) => item.item_id === verdict.item_id) }));
}

function deviceName(): string {
  const agent = navigator.userAgent;
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? "其他设备";
  const browser = /MicroMessenger|Edg|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? "浏览器";
  return `${system} ${browser}`;
}
