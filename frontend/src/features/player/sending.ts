/** How study reports leave: many of one session together (K18), and each only once at a time. */
import { sendBy } from "@/shared/offline/queue";
import { report, type Judged, type Report } from "./calls";

export interface Kept {
  session_id: string;
  report: Report;
}

/** Longer than the browser gives a request of a page that is gone. */
const LEAVING_MS = 20_000;
/** Reports that went out because the page was being left, by their ids, until they are answered. */
const leaving = new Map<string, Promise<Judged[]>>();

/** Sends at once and so that it arrives even when the page is gone. The queue takes over its answer, or sends again. */
export function sendLeaving(sessionId: string, reports: Report[]): void {
  const tooLong = new Promise<Judged[]>((give) => window.setTimeout(() => give([]), LEAVING_MS));
  const answer = Promise.race([report(sessionId, reports, true), tooLong]).catch((): Judged[] => []);
  for (const { id } of reports) leaving.set(id, answer);
  void answer.then(() => reports.forEach(({ id }) => leaving.delete(id)));
}

async function sendOnce(kept: Kept[]): Promise<Judged[]> {
  const judged = (await Promise.all(kept.map(({ report: { id } }) => leaving.get(id) ?? []))).flat();
  const known = new Map(judged.map((each) => [each.verdict.id, each]));
  const rest = kept.filter(({ report: { id } }) => !known.has(id));
  const answers = rest.length ? await report(rest[0]!.session_id, rest.map((each) => each.report)) : [];
  for (const each of answers) known.set(each.verdict.id, each);
  return kept.map(({ report: { id } }) => known.get(id)!);
}

sendBy<Kept, Judged>("report", 50, sendOnce);
