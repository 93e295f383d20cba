import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OfflineError } from "./problem";
import { actFor, onOtherAccount, onSignedOut, send } from "./send";

const PAGE = "http://kaike.test";
const ANSWERS = `${PAGE}/api/v1/exam/attempts/1/answers/2`;
const REFRESH = "/api/v1/identity/session/refresh";

type Answer = (request: Request) => Response | Promise<Response>;

const seen: Request[] = [];
const signedOut = vi.fn();
const otherAccount = vi.fn();

/** From now on the network answers like this; every request is remembered. */
function network(answer: Answer): void {
  vi.stubGlobal("fetch", async (request: Request) => {
    seen.push(request);
    return answer(request);
  });
}

const ok = (): Response => new Response("{}", { status: 200 });
const refuse = (status: number, code = "some.code"): Response => new Response(JSON.stringify({ code, status, title: "", detail: "", next_step: "" }), { status });
const isRefresh = (request: Request): boolean => new URL(request.url).pathname === REFRESH;
const refreshes = (): number => seen.filter(isRefresh).length;
const put = (): Request => new Request(ANSWERS, { method: "PUT", body: "{}" });

beforeEach(() => {
  seen.length = 0;
  signedOut.mockReset();
  otherAccount.mockReset();
  onSignedOut(signedOut);
  onOtherAccount(otherAccount);
  actFor("learner-1");
  // A lost or refused renewal is tried again after a pause: here at once.
  vi.stubGlobal("setTimeout", (act: () => void) => queueMicrotask(act));
  // happy-dom would resolve /api against its own address only when there is one.
  vi.stubGlobal("Request", class extends Request {
    constructor(at: string | Request, init?: RequestInit) {
      super(typeof at === "string" && at.startsWith("/") ? PAGE + at : at, init);
    }
  });
});

afterEach(() => vi.unstubAllGlobals());

describe("for whom a page sends", () => {
  it("is named in every request", async () => {
    network(ok);
    await send(put());
    expect(seen[0]!.headers.get("Kaike-Account")).toBe("learner-1");
  });

  it.each([
    ["POST", "/api/v1/identity/session"],
    ["GET", "/api/v1/identity/session"],
    ["POST", "/api/v1/identity/sms-codes"],
  ])("is not named where anybody may ask: %s %s", async (method, path) => {
    network(ok);
    await send(new Request(PAGE + path, { method }));
    expect(seen[0]!.headers.has("Kaike-Account")).toBe(false);
  });

  it("is named when signing out, so that nobody else's session ends", async () => {
    network(ok);
    await send(new Request(`${PAGE}/api/v1/identity/session`, { method: "DELETE" }));
    expect(seen[0]!.headers.get("Kaike-Account")).toBe("learner-1");
  });

  it("is told when the browser has become another account's", async () => {
    network(() => refuse(409, "auth.other_account"));
    await expect(send(put())).rejects.toMatchObject({ code: "auth.other_account" });
    expect(otherAccount).toHaveBeenCalledOnce();
  });

  it("is not told of another conflict", async () => {
    network(() => refuse(409, "exam.attempt.over"));
    await expect(send(put())).rejects.toMatchObject({ code: "exam.attempt.over" });
    expect(otherAccount).not.toHaveBeenCalled();
  });
});

describe("the renewal of a session", () => {
  it("whose answer was lost is asked for again, and the request goes through", async () => {
    let lost = 0;
    let renewed = false;
    network((request) => {
      if (!isRefresh(request)) return renewed ? ok() : refuse(401);
      if ((lost += 1) === 1) throw new TypeError("Failed to fetch");
      renewed = true;
      return ok();
    });
    expect((await send(put())).status).toBe(200);
    expect(signedOut).not.toHaveBeenCalled();
  });

  it("that never gets through is a cut network, and no end of the session", async () => {
    network((request) => {
      if (isRefresh(request)) throw new TypeError("Failed to fetch");
      return refuse(401);
    });
    await expect(send(put())).rejects.toBeInstanceOf(OfflineError);
    expect(signedOut).not.toHaveBeenCalled();
  });

  it.each([500, 502, 503, 429])("that is answered %i is no end of the session", async (status) => {
    network((request) => refuse(isRefresh(request) ? status : 401));
    await expect(send(put())).rejects.toMatchObject({ status });
    expect(signedOut).not.toHaveBeenCalled();
  });

  it.each([401, 403])("that is answered %i ends it", async (status) => {
    network((request) => refuse(isRefresh(request) ? status : 401));
    await expect(send(put())).rejects.toMatchObject({ status: 401 });
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it("is asked for once by requests whose refusals come one after the other", async () => {
    let renewed = false;
    let letSecondGo = (): void => undefined;
    const second = new Promise<void>((done) => (letSecondGo = done));
    let asked = 0;
    network(async (request) => {
      if (isRefresh(request)) {
        renewed = true;
        return ok();
      }
      if ((asked += 1) === 2) {
        await second; // sent before the renewal, refused after it
        return refuse(401);
      }
      return renewed ? ok() : refuse(401);
    });
    const both = [send(put()), send(put())];
    await both[0];
    letSecondGo();
    expect((await both[1]!).status).toBe(200);
    expect(refreshes()).toBe(1);
  });
});
