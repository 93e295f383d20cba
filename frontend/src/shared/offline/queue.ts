/**
 * What a learner did and the server has not confirmed yet: answers and study reports (E4, X12). It lies in IndexedDB, so
 * that it outlives the page, and is sent in order, lane by lane, again and again until the server has said something.
 * Every entry has an id of its own, so that sending it twice is harmless.
 */
import { reactive, ref, watch } from "vue";
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { isOtherAccount, newKey } from "@/shared/api/send";
import { online } from "@/shared/online";
import { openStorage, type Stored } from "./storage";

/** Sends entries of one kind, all of the same lane, in order; answers with one result for each. */
type Sender<B, A> = (bodies: B[]) => Promise<A[]>;

export interface Settled<B = unknown, A = unknown> {
  body: B;
  /** What the server said; absent when it refused. */
  answer?: A;
  /** Why the server refused it for good. */
  error?: ProblemError;
}

/** Why the last try did not get through: the network, the services, nobody signed in, or somebody else signed in. */
export type Hindrance = "network" | "service" | "signed_out" | "other_account";

export interface LaneState {
  waiting: number;
  /** The last try did not get through. */
  failing: boolean;
  why: Hindrance;
}

interface Lane {
  /** Whose entries these are: they are sent in nobody else's name. */
  account: string;
  entries: Stored[];
  state: LaneState;
  busy: boolean;
  tries: number;
  timer: number | undefined;
}

const LONGEST_PAUSE = 15;
const senders = new Map<string, { most: number; send: Sender<never, unknown> }>();
const listeners = new Map<string, Set<(settled: Settled<never, never>) => void>>();
const lanes = new Map<string, Lane>();
const storage = openStorage();
/** How many entries of the open queue wait, over all lanes. */
export const waitingTotal = ref(0);
let owner = "";
let isPresent: () => boolean = () => true;
let opening: Promise<void> = Promise.resolve();
let last = 0;

/** How a kind of entry is sent, at most `most` together. What waits for it already goes now. */
export function sendBy<B, A>(kind: string, most: number, send: Sender<B, A>): void {
  senders.set(kind, { most, send });
  lanes.forEach((lane) => lane.entries[0]?.kind === kind && void pump(lane));
}

/** Kinds of what waits that nobody has said how to send. */
export function unsendable(): string[] {
  const kinds = [...lanes.values()].flatMap((lane) => lane.entries.map((entry) => entry.kind));
  return [...new Set(kinds)].filter((kind) => !senders.has(kind));
}

/**
 * Take up what this account left behind when its page was closed. Calling it again changes nothing. `present` says
 * whether it is still this account that is signed in: nothing is ever sent in another's name.
 */
export function openQueue(accountId: string, present: () => boolean = () => true): Promise<void> {
  isPresent = present;
  if (owner === accountId) return opening;
  owner = accountId;
  lanes.forEach((lane) => window.clearTimeout(lane.timer));
  lanes.clear();
  waitingTotal.value = 0;
  opening = storage.read(accountId).then((found) => {
    if (owner !== accountId) return; // somebody else's queue was opened meanwhile
    for (const entry of found) {
      last = Math.max(last, entry.order);
      const { entries } = laneOf(entry.lane);
      if (entries.some(({ key }) => key === entry.key)) continue; // put while we were reading
      entries.push(entry);
      entries.sort((a, b) => a.order - b.order);
    }
    lanes.forEach(count);
    wake();
  });
  return opening;
}

/** Keep it, then send it. Resolves when it is kept, not when it is sent. */
export async function put(lane: string, kind: string, body: object): Promise<void> {
  if (!owner) throw new Error("put before the queue of an account was opened");
  last = Math.max(last + 1, Date.now());
  const entry: Stored = { key: `${last}-${newKey()}`, order: last, account: owner, lane, kind, body };
  const at = laneOf(lane);
  at.entries.push(entry);
  count(at);
  await storage.keep(entry);
  void pump(at);
}

/** Told of every entry of the lane that the server has answered or refused. Returns how to stop listening. */
export function whenSettled<B, A>(lane: string, tell: (settled: Settled<B, A>) => void): () => void {
  const told = listeners.get(lane) ?? new Set();
  listeners.set(lane, told.add(tell as never));
  return () => told.delete(tell as never);
}

/** For templates: how many entries of the lane wait, and whether the last try failed. */
export function stateOf(lane: string): LaneState {
  return laneOf(lane).state;
}

/** What waits in a lane, oldest first. */
export function waitingIn<B>(lane: string, kind: string): B[] {
  return laneOf(lane).entries.filter((entry) => entry.kind === kind).map((entry) => entry.body as B);
}

/** Resolves when the lanes with this prefix are empty, or after `seconds`, whichever comes first. */
export async function drained(prefix: string, seconds: number): Promise<void> {
  await opening;
  const until = Date.now() + seconds * 1000;
  const chosen = [...lanes].filter(([name]) => name.startsWith(prefix)).map(([, lane]) => lane);
  await Promise.all(chosen.map((lane) => emptied(lane, until)));
}

/** Try now what is waiting for its next try. */
export function wake(): void {
  lanes.forEach((lane) => {
    lane.tries = 0; // a try that is under way and fails is followed by another soon
    void pump(lane);
  });
}

watch(online, (is) => {
  if (is) wake();
});

function laneOf(name: string): Lane {
  let lane = lanes.get(name);
  if (!lane) {
    lane = { account: owner, entries: [], state: reactive({ waiting: 0, failing: false, why: "network" }), busy: false, tries: 0, timer: undefined };
    lanes.set(name, lane);
  }
  return lane;
}

function count(lane: Lane): void {
  lane.state.waiting = lane.entries.length;
  waitingTotal.value = [...lanes.values()].reduce((sum, { entries }) => sum + entries.length, 0);
}

function emptied(lane: Lane, until: number): Promise<void> {
  return new Promise((done) => {
    if (lane.entries.length === 0) return done();
    const stop = watch(
      () => lane.state.waiting,
      (left) => left === 0 && finish(),
    );
    const timer = window.setTimeout(finish, Math.max(0, until - Date.now()));
    function finish(): void {
      stop();
      window.clearTimeout(timer);
      done();
    }
  });
}

async function pump(lane: Lane): Promise<void> {
  if (lane.busy) return;
  lane.busy = true;
  window.clearTimeout(lane.timer);
  try {
    while (lane.entries.length > 0 && (await sendSome(lane)));
  } finally {
    lane.busy = false;
  }
}

/** Sends the oldest entries; whether to go on with the next ones. */
async function sendSome(lane: Lane): Promise<boolean> {
  const kind = lane.entries[0]!.kind;
  const sender = senders.get(kind);
  if (!sender) return false; // it goes as soon as somebody says how
  if (lane.account !== owner) return false; // it goes when its account is here again
  if (!isPresent()) return later(lane, "signed_out");
  const other = lane.entries.findIndex((entry) => entry.kind !== kind);
  const batch = lane.entries.slice(0, Math.min(sender.most, other < 0 ? Infinity : other));
  try {
    const answers = await sender.send(batch.map((entry) => entry.body as never));
    settle(lane, batch, (place) => ({ answer: answers[place] }));
  } catch (error) {
    if (!(error instanceof ProblemError) || mayPass(error)) {
      if (!(error instanceof OfflineError || error instanceof ProblemError)) console.error(error);
      return later(lane, hindranceOf(error));
    }
    settle(lane, batch, () => ({ error }));
  }
  return true;
}

function mayPass(error: ProblemError): boolean {
  return isOtherAccount(error) || [401, 408, 425, 429].includes(error.status) || error.status >= 500;
}

function hindranceOf(error: unknown): Hindrance {
  if (!(error instanceof ProblemError)) return "network";
  if (isOtherAccount(error)) return "other_account";
  return error.status === 401 ? "signed_out" : "service";
}

function later(lane: Lane, why: Hindrance): false {
  lane.tries += 1;
  lane.state.failing = true;
  lane.state.why = why;
  lane.timer = window.setTimeout(() => void pump(lane), Math.min(2 ** lane.tries, LONGEST_PAUSE) * 1000);
  return false;
}

function settle(lane: Lane, batch: Stored[], how: (place: number) => Omit<Settled, "body">): void {
  lane.entries.splice(0, batch.length);
  lane.tries = 0;
  lane.state.failing = false;
  count(lane);
  void storage.forget(batch.map((entry) => entry.key));
  const told = listeners.get(batch[0]!.lane) ?? [];
  batch.forEach((entry, place) => {
    for (const tell of told) tell({ body: entry.body, ...how(place) } as never);
  });
}
