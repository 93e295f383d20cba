import { afterEach, describe, expect, it, vi } from "vitest";
import { createApp } from "vue";
import type { Lesson } from "@/features/learner-classes/lessons";
import { drained, openQueue } from "@/shared/offline/queue";
import type { Report } from "./calls";
import { union, type Span } from "./spans";
import { useStudy, type Study } from "./study";

/** Classroom and supervision: credits what is new of a report, keeps its verdict by its id, and knows one session. */
class Server {
  watched: Span[] = [];
  /** What to answer next instead of crediting. */
  refusal: { status: number; code: string } | null = null;
  reason: string | null = null;
  opened = 0;
  private readonly verdicts = new Map<string, object>();

  readonly fetch = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    if (path.endsWith("/study-sessions")) return Response.json({ id: `session-${(this.opened += 1)}-${crypto.randomUUID()}` }, { status: 201 });
    if (path.endsWith("/passes")) return Response.json({ pass: "pass", duties: [] });
    if (path.includes("/my/classes/")) return Response.json({ ticket: { ticket: "ticket", expires_at: new Date(Date.now() + 3_600_000).toISOString() } });
    if (this.refusal) return Response.json({ ...this.refusal, title: "无", detail: "无", next_step: "" }, { status: this.refusal.status });
    const { reports } = (await request.json()) as { reports: Report[] };
    const results = reports.map((report) => this.judge(report));
    return Response.json({ results, items: [{ item_id: "item", watched: this.watched, learned_seconds: 0, seconds: 60, complete: false }] });
  };

  private judge({ id, item_id, from_seconds, to_seconds }: Report): object {
    const known = this.verdicts.get(id);
    if (known) return known;
    const before = seconds(this.watched);
    if (!this.reason) this.watched = union([...this.watched, [from_seconds, to_seconds]]);
    const credited_seconds = seconds(this.watched) - before;
    const reason = this.reason ?? (credited_seconds ? null : "already_counted");
    const verdict = { id, item_id, credited_seconds, reason, reason_text: reason && "原因。" };
    this.verdicts.set(id, verdict);
    return verdict;
  }
}

function seconds(spans: Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}

interface Page {
  server: Server;
  study: Study;
  rewound: number[];
  leave: () => void;
}

async function page(watched: Span[] = []): Promise<Page> {
  const server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  await openQueue("learner");
  const rewound: number[] = [];
  let study: Study | undefined;
  const app = createApp({
    setup() {
      study = useStudy("class", { item_id: "item", kind: "video", seconds: 60, watched, complete: false } as unknown as Lesson, null);
      study.drive({ rewind: (at) => rewound.push(at), pause: () => undefined, resume: () => undefined });
      return () => null;
    },
  });
  app.mount(document.createElement("div"));
  expect(await study!.ready()).toBe(true);
  return { server, study: study!, rewound, leave: () => app.unmount() };
}

afterEach(() => vi.unstubAllGlobals());

describe("what is told to a learner", () => {
  it("agrees with what was credited when a page is left twice, and nothing rewinds", async () => {
    const { server, study, rewound, leave } = await page();
    study.watched([[0, 5]], true);
    study.watched([], true);
    await drained("study:", 5);
    expect([server.watched, study.credited.value, rewound, study.note.value]).toEqual([[[0, 5]], [[0, 5]], [], ""]);
    leave();
  });

  it("is nothing when the server knew the seconds already, of an earlier page", async () => {
    const { server, study, rewound, leave } = await page();
    server.watched = [[0, 8]];
    study.watched([[0, 5]]);
    study.watched([[5, 10]]);
    await drained("study:", 5);
    expect([study.credited.value, study.learned.value, rewound, study.note.value]).toEqual([[[0, 10]], 10, [], ""]);
    leave();
  });

  it("is where to go on, with the reason, when seconds were not credited", async () => {
    const { server, study, rewound, leave } = await page([[0, 3]]);
    server.watched = [[0, 3]];
    server.reason = "pass_ended";
    study.watched([[3, 9]]);
    await drained("study:", 5);
    expect([study.credited.value, rewound, study.note.value]).toEqual([[[0, 3]], [3], "原因。已回到没有计入的位置。"]);
    leave();
  });

  it("is nothing of what the clock was behind for a moment: it is said again and credited", async () => {
    const { server, study, rewound, leave } = await page();
    server.reason = "budget";
    study.watched([[0, 9]]);
    await drained("study:", 5);
    server.reason = null;
    study.watched([]);
    await drained("study:", 5);
    expect([server.watched, study.credited.value, rewound, study.note.value]).toEqual([[[0, 9]], [[0, 9]], [], ""]);
    leave();
  });

  it.each([
    [409, "classroom.study.session.superseded", "superseded"],
    [404, "classroom.study.session.not_found", "refused"],
  ])("is that it stopped when a newer page has taken over (%i), and it takes nothing back by itself", async (status, code, kind) => {
    const { server, study, rewound, leave } = await page();
    server.refusal = { status, code };
    study.watched([[0, 5]]);
    await drained("study:", 5);
    expect([study.stop.kind, server.opened, rewound]).toEqual([kind, 1, []]);
    server.refusal = null;
    await study.retry();
    expect([study.stop.kind, server.opened, rewound]).toEqual([null, 2, [0]]);
    leave();
  });
});
