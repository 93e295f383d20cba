import { beforeEach, describe, expect, it, vi } from "vitest";
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { drained, openQueue, put, sendBy, stateOf, unsendable, waitingIn, waitingTotal, wake, whenSettled, type Settled } from "./queue";

interface Said {
  text: string;
}

const refusal = (status: number, code = "exam.attempt.over"): ProblemError =>
  new ProblemError({ code, status, title: "已结束", detail: "已结束", next_step: "" });

let place = 0;
let lane = "";

beforeEach(async () => {
  vi.useRealTimers();
  lane = `lane:${(place += 1)}`;
  await openQueue("someone");
});

describe("what waits for the server", () => {
  it("is sent in order, and each is told what the server said", async () => {
    const heard: Settled<Said, string>[] = [];
    sendBy<Said, string>("echo", 10, async (bodies) => bodies.map((body) => `${body.text}!`));
    whenSettled<Said, string>(lane, (settled) => heard.push(settled));
    await Promise.all(["a", "b", "c"].map((text) => put(lane, "echo", { text })));
    await drained(lane, 5);
    expect(heard.map(({ answer }) => answer)).toEqual(["a!", "b!", "c!"]);
  });

  it("stays while the network is cut, and goes when it is back", async () => {
    let cut = true;
    const sent: string[] = [];
    sendBy<Said, string>("cut", 1, async ([body]) => {
      if (cut) throw new OfflineError();
      sent.push(body!.text);
      return ["ok"];
    });
    await put(lane, "cut", { text: "a" });
    await put(lane, "cut", { text: "b" });
    await vi.waitFor(() => expect(stateOf(lane)).toMatchObject({ waiting: 2, failing: true }));
    expect(waitingIn<Said>(lane, "cut").map(({ text }) => text)).toEqual(["a", "b"]);
    cut = false;
    wake();
    await drained(lane, 5);
    expect(sent).toEqual(["a", "b"]);
    expect(stateOf(lane)).toMatchObject({ waiting: 0, failing: false });
  });

  it("is given up when the server refuses it, and the rest goes on", async () => {
    const heard: Settled<Said, string>[] = [];
    sendBy<Said, string>("refused", 1, async ([body]) => {
      if (body!.text === "late") throw refusal(409);
      return ["ok"];
    });
    whenSettled<Said, string>(lane, (settled) => heard.push(settled));
    await put(lane, "refused", { text: "late" });
    await put(lane, "refused", { text: "next" });
    await drained(lane, 5);
    expect(heard.map(({ error }) => error?.code)).toEqual(["exam.attempt.over", undefined]);
  });

  it("waits when nobody is signed in any more or the service is down", async () => {
    const states = [401, 503];
    sendBy<Said, string>("busy", 1, async () => {
      const status = states.shift();
      if (status) throw refusal(status);
      return ["ok"];
    });
    await put(lane, "busy", { text: "a" });
    await vi.waitFor(() => {
      wake();
      expect(states).toEqual([]);
      expect(stateOf(lane).waiting).toBe(0);
    });
  });

  it("keeps kinds apart, in the order in which they came", async () => {
    const batches: string[][] = [];
    sendBy<Said, string>("answer-like", 10, async (bodies) => {
      batches.push(bodies.map(({ text }) => text));
      return bodies.map(() => "ok");
    });
    sendBy<Said, string>("hand-in-like", 1, async () => {
      batches.push(["hand in"]);
      return ["ok"];
    });
    await Promise.all([put(lane, "answer-like", { text: "1" }), put(lane, "answer-like", { text: "2" }), put(lane, "hand-in-like", { text: "" })]);
    await drained(lane, 5);
    expect(batches.flat()).toEqual(["1", "2", "hand in"]);
  });

  it("goes as soon as somebody says how it is sent", async () => {
    await put(lane, "unknown", { text: "a" });
    expect(unsendable()).toContain("unknown");
    const sent: string[] = [];
    sendBy<Said, string>("unknown", 1, async ([body]) => [String(sent.push(body!.text))]);
    await drained(lane, 5);
    expect(sent).toEqual(["a"]);
    expect(unsendable()).not.toContain("unknown");
  });

  it("belongs to its account", async () => {
    sendBy<Said, string>("never", 1, async () => {
      throw new OfflineError();
    });
    await put(lane, "never", { text: "a" });
    await openQueue("another");
    expect(waitingIn(lane, "never")).toEqual([]);
  });

  it("waits, and is told as nobody's, when the browser has become another account's", async () => {
    const heard: Settled<Said, string>[] = [];
    sendBy<Said, string>("theirs", 1, async () => {
      throw refusal(409, "auth.other_account");
    });
    whenSettled<Said, string>(lane, (settled) => heard.push(settled));
    await put(lane, "theirs", { text: "a" });
    await vi.waitFor(() => expect(stateOf(lane)).toMatchObject({ waiting: 1, failing: true, why: "other_account" }));
    expect(heard).toEqual([]);
  });

  it("is sent only while its account is here", async () => {
    let here = false;
    const sent: string[] = [];
    await openQueue("someone", () => here);
    sendBy<Said, string>("guarded", 1, async ([body]) => [String(sent.push(body!.text))]);
    await put(lane, "guarded", { text: "a" });
    await vi.waitFor(() => expect(stateOf(lane).failing).toBe(true));
    expect(sent).toEqual([]);
    here = true;
    wake();
    await drained(lane, 5);
    expect(sent).toEqual(["a"]);
  });

  it("is not sent again as another account when that one's queue was opened while it was under way", async () => {
    vi.useFakeTimers();
    let breakOff = (): void => undefined;
    let tries = 0;
    sendBy<Said, string>("slow", 1, () => {
      tries += 1;
      return new Promise((_done, fail) => (breakOff = () => fail(new OfflineError())));
    });
    await put(lane, "slow", { text: "a" });
    await vi.waitFor(() => expect(tries).toBe(1));
    await openQueue("another");
    breakOff();
    await vi.advanceTimersByTimeAsync(60_000);
    wake();
    expect(tries).toBe(1);
  });

  it("counts what waits over all lanes of the account", async () => {
    await put(lane, "uncounted-kind", { text: "a" });
    await put(`${lane}/2`, "uncounted-kind", { text: "b" });
    const before = waitingTotal.value;
    expect(before).toBeGreaterThanOrEqual(2);
    await openQueue("another");
    expect(waitingTotal.value).toBe(0);
  });
});
