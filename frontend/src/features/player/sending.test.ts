import { afterEach, describe, expect, it, vi } from "vitest";
import { drained, openQueue, put, whenSettled, type Settled } from "@/shared/offline/queue";
import type { Judged, Report } from "./calls";
import { sendLeaving, type Kept } from "./sending";

const SESSION = "7d8f1e1c-0000-4000-8000-000000000001";
const LANE = `study:${SESSION}`;

/** A server that credits a report at its first coming, and remembers which came together. */
class Server {
  readonly sent: string[][] = [];
  failing = false;

  readonly fetch = async (request: Request): Promise<Response> => {
    const { reports } = (await request.clone().json()) as { reports: Report[] };
    this.sent.push(reports.map(({ id }) => id));
    if (this.failing) throw new TypeError("the line is broken");
    const results = reports.map(({ id, item_id, from_seconds, to_seconds }) => ({ id, item_id, credited_seconds: to_seconds - from_seconds, reason: null, reason_text: null }));
    const items = [{ item_id: "item", watched: [[0, 9]], learned_seconds: 9, seconds: 60, complete: false }];
    return Response.json({ results, items });
  };
}

function report(id: string, from: number, to: number): Report {
  return { id, item_id: "item", from_seconds: from, to_seconds: to, pass: "pass" };
}

function kept(each: Report): Kept {
  return { session_id: SESSION, report: each };
}

async function begin(): Promise<{ server: Server; heard: Settled<Kept, Judged>[]; stop: () => void }> {
  const server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  await openQueue("learner");
  const heard: Settled<Kept, Judged>[] = [];
  return { server, heard, stop: whenSettled<Kept, Judged>(LANE, (settled) => heard.push(settled)) };
}

afterEach(() => vi.unstubAllGlobals());

describe("study reports of a page that is being left", () => {
  it("go out once, and the queue takes over the answer", async () => {
    const { server, heard, stop } = await begin();
    const [first, second] = [report("a", 0, 5), report("b", 7, 9)];
    sendLeaving(SESSION, [first, second]);
    await Promise.all([put(LANE, "report", kept(first)), put(LANE, "report", kept(second))]);
    await drained(LANE, 5);
    stop();
    expect(server.sent).toEqual([["a", "b"]]);
    expect(heard.map(({ answer }) => answer?.verdict.credited_seconds)).toEqual([5, 2]);
  });

  it("go out again by the queue, with the same id, when the line broke", async () => {
    const { server, heard, stop } = await begin();
    server.failing = true;
    sendLeaving(SESSION, [report("c", 0, 5)]);
    const keeping = put(LANE, "report", kept(report("c", 0, 5)));
    await vi.waitFor(() => expect(server.sent.length).toBeGreaterThan(0));
    server.failing = false;
    await keeping;
    await drained(LANE, 5);
    stop();
    expect(server.sent.at(-1)).toEqual(["c"]);
    expect(heard.map(({ answer }) => answer?.verdict.credited_seconds)).toEqual([5]);
  });

  it("go out beside what the queue has yet to send, which keeps its order", async () => {
    const { server, heard, stop } = await begin();
    sendLeaving(SESSION, [report("e", 5, 9)]);
    await Promise.all([put(LANE, "report", kept(report("d", 0, 5))), put(LANE, "report", kept(report("e", 5, 9)))]);
    await drained(LANE, 5);
    stop();
    expect(server.sent.flat().sort()).toEqual(["d", "e"]);
    expect(heard.map(({ body }) => body.report.id)).toEqual(["d", "e"]);
  });
});
