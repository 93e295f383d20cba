/** The one place where pages speak HTTP: repeats what may be repeated, renews the session, tells what went wrong. */
import { OfflineError, ProblemError, problemOf } from "./problem";

const REFRESH = "/api/v1/identity/session/refresh";
const MOST_TRIES = 4;
const LONGEST_WAIT = 10;
const MOST_RECENT = 3;
const ACCOUNT = "Kaike-Account";
/** What is sent before anybody is signed in, or to ask who is. */
const FOR_ANYONE = /\/api\/v1\/identity\/(session(\/refresh)?|sms-codes|client-errors)$/;
/** Pauses between the tries to renew a session, in milliseconds: a lost answer may be asked for again. */
const RENEWAL_PAUSES = [500, 2000];

let refreshing: Promise<boolean> | null = null;
let renewedAt = -Infinity;
let recent: string[] = [];
let actingFor = "";
let whenSignedOut: () => void = () => undefined;
let whenOtherAccount: () => void = () => undefined;

/** What to do when the session is over. */
export function onSignedOut(act: () => void): void {
  whenSignedOut = act;
}

/** What to do when another account has signed in in this browser (in another tab: tabs share their cookies). */
export function onOtherAccount(act: () => void): void {
  whenOtherAccount = act;
}

/** The account in whose name this page sends: services refuse what comes with another account's cookies. */
export function actFor(accountId: string): void {
  actingFor = accountId;
}

/** The ids of the newest requests, for whoever looks for the cause of an error (K31). */
export function recentRequests(): string[] {
  return [...recent];
}

/** `fetch` for the clients. Every POST gets an Idempotency-Key, so that repeating it is harmless. */
export function send(request: Request): Promise<Response> {
  if (request.method === "POST" && !request.headers.has("Idempotency-Key")) {
    request.headers.set("Idempotency-Key", newKey());
  }
  return sendKeyless(request);
}

/**
 * The same without a key, for what is harmless to repeat anyway: no answer is kept for it. 503 with Retry-After is
 * waited for; 401 renews the session once. Raises ProblemError or OfflineError, never answers with an error status.
 */
export async function sendKeyless(request: Request): Promise<Response> {
  if (actingFor && !isForAnyone(request)) request.headers.set(ACCOUNT, actingFor);
  let renewed = false;
  for (let tries = 1; ; tries += 1) {
    const begun = performance.now();
    const response = await reach(request.clone());
    if (response.ok) return response;
    if (response.status === 401 && !renewed && !isSignIn(request)) {
      renewed = true;
      if (renewedAt > begun || (await renew())) {
        await readAway(response);
        continue;
      }
      whenSignedOut();
    }
    if (response.status === 409) {
      const problem = await problemOf(response);
      if (isOtherAccount(problem)) whenOtherAccount();
      throw problem;
    }
    const wait = Number(response.headers.get("Retry-After"));
    const again = response.status === 503 && wait > 0 && tries < MOST_TRIES;
    if (!again) throw await problemOf(response);
    await readAway(response);
    await new Promise((done) => setTimeout(done, Math.min(wait, LONGEST_WAIT) * 1000));
  }
}

/** Whether the service did nothing because the cookies are another account's than the page's. */
export function isOtherAccount(error: unknown): boolean {
  return error instanceof ProblemError && error.code === "auth.other_account";
}

/** A key for one submission; kept by a form so that pressing twice does nothing twice. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  // Plain HTTP on a local network has no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function reach(request: Request): Promise<Response> {
  try {
    // eslint-disable-next-line no-restricted-globals -- here and nowhere else
    const response = await fetch(request);
    const id = response.headers.get("X-Request-Id");
    if (id) recent = [...recent, id].slice(-MOST_RECENT);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new OfflineError();
  }
}

function isSignIn(request: Request): boolean {
  return /\/api\/v1\/identity\/session(\/refresh)?$/.test(new URL(request.url).pathname) && request.method === "POST";
}

/** Signing out is nobody else's: it must not end the session of whoever signed in meanwhile. */
function isForAnyone(request: Request): boolean {
  return request.method !== "DELETE" && FOR_ANYONE.test(new URL(request.url).pathname);
}

/** One renewal at a time, however many requests meet the end of the token together. */
function renew(): Promise<boolean> {
  refreshing ??= askForRenewal().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/**
 * Whether the session goes on. Only the service's own refusal ends it: a cut line and a service that is away are tried
 * again, and then raised as what they are (OfflineError, ProblemError).
 */
async function askForRenewal(): Promise<boolean> {
  for (const pause of [...RENEWAL_PAUSES, null]) {
    let failure: Error;
    try {
      const response = await reach(new Request(REFRESH, { method: "POST" }));
      if (response.ok) renewedAt = performance.now();
      if (response.ok || response.status === 401 || response.status === 403) {
        await readAway(response);
        return response.ok;
      }
      failure = await problemOf(response);
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error;
      failure = error;
    }
    if (pause === null) throw failure;
    await new Promise((done) => setTimeout(done, pause));
  }
  return false;
}

/** An answer that nobody reads holds its connection; what it says is known already. */
async function readAway(response: Response): Promise<void> {
  await response.text().catch(() => "");
}
