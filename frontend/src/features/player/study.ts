/**
 * One study session of the page: its passes, its reports through the offline queue, what is credited, and why nothing is
 * (K17, K18, S6, X7, X12). Video and document use it alike: they say which media seconds were watched, and are told
 * where to go on when the server credited less.
 */
import { computed, onBeforeUnmount, reactive, ref, shallowRef, watch } from "vue";
import { openOwnQueue } from "@/app/waiting";
import { OfflineError, ProblemError, sentenceOf } from "@/shared/api/problem";
import { newKey } from "@/shared/api/send";
import { drained, put, stateOf, wake, whenSettled, type LaneState } from "@/shared/offline/queue";
import { online } from "@/shared/online";
import { askForPass, dutiesOf, type Duty, type StudyPass } from "@/features/check-in/calls";
import type { Lesson } from "@/features/learner-classes/lessons";
import { openSession, type Judged, type Report } from "./calls";
import { sendLeaving, type Kept } from "./sending";
import { difference, measure, missing, union, type Span } from "./spans";
import { STOPPING, STOPS } from "./texts";

const PASS_EVERY = 110_000;
const PASS_MARGIN = 3_000;
const TRY_AGAIN = 5_000;
const AGAIN_AFTER = 1_500;

export type StopKind = keyof typeof STOPS;

export type Study = ReturnType<typeof useStudy>;

/** What an earlier page left behind is with the server, or it has been waited for long enough. */
export async function sentWhatWaited(): Promise<void> {
  await openOwnQueue();
  await drained("study:", 4);
}

export function useStudy(classId: string, lesson: Lesson, hindrance: string | null) {
  const counting = hindrance === null;
  const length = lesson.seconds;
  const credited = shallowRef<Span[]>(union(lesson.watched as Span[]));
  const complete = ref(lesson.complete);
  const duties = ref<Duty[] | null>(null);
  /** Due, and allowed to wait for a moment. */
  const soon = ref<Duty[]>([]);
  const stop = reactive<{ kind: StopKind | null; text: string }>({ kind: null, text: "" });
  const note = ref("");
  const sessionId = ref("");
  const queue = shallowRef<LaneState>({ waiting: 0, failing: false, why: "network" });
  let pass: StudyPass | null = null;
  let nextAsk = 0;
  let asking: Promise<boolean> | null = null;
  let leaveLane: () => void = () => undefined;
  /** Watched, and not credited only because the server's clock was a moment behind: said again. */
  let again: Span[] = [];
  /** Reported, and not yet answered. */
  let sent: Span[] = [];
  /** Where to begin again once studying here is possible: what was refused was watched for nothing. */
  let lostAt: number | null = null;
  let rewind: (at: number) => void = () => undefined;
  let pause: () => void = () => undefined;
  let resume: () => void = () => undefined;

  const learned = computed(() => Math.min(length, measure(credited.value)));
  const full = computed(() => missing(credited.value, length).length === 0);
  /** Whether something is still to be had by studying on. */
  const worth = computed(() => counting && !full.value);

  function halt(kind: StopKind, text = ""): void {
    stop.kind = kind;
    stop.text = text || STOPS[kind].text;
    pause();
  }

  /** Opens the session, after what an earlier page left behind has been sent: else that would be refused. */
  async function begin(): Promise<boolean> {
    if (!worth.value || sessionId.value) return true;
    try {
      await sentWhatWaited();
      const opened = await openSession(classId, lesson.item_id);
      sessionId.value = opened.id;
      const lane = `study:${opened.id}`;
      queue.value = stateOf(lane);
      leaveLane();
      leaveLane = whenSettled<Kept, Judged>(lane, ({ body, answer, error }) => (error ? refused(body, error) : answer && judged(body, answer)));
      return true;
    } catch (error) {
      trouble(error);
      return false;
    }
  }

  /** Whether there is a pass that covers this moment; asks for one when there is none. */
  async function ready(): Promise<boolean> {
    if (!worth.value) return true;
    if (!(await begin())) return false;
    if (pass && pass.until - PASS_MARGIN > Date.now()) return true;
    return renew();
  }

  function isReady(): boolean {
    return !worth.value || (sessionId.value !== "" && covered());
  }

  function renew(): Promise<boolean> {
    asking ??= ask().finally(() => (asking = null));
    return asking;
  }

  async function ask(): Promise<boolean> {
    nextAsk = Date.now() + TRY_AGAIN;
    try {
      pass = await askForPass(classId, "study");
      nextAsk = Date.now() + PASS_EVERY;
      soon.value = pass.duties;
      return true;
    } catch (error) {
      const due = dutiesOf(error);
      if (due) {
        duties.value = due;
        pause();
      } else if (!(error instanceof OfflineError) || !covered()) trouble(error);
      return false;
    }
  }

  function covered(): boolean {
    return pass !== null && pass.until > Date.now();
  }

  function trouble(error: unknown): void {
    if (error instanceof OfflineError) halt("pass_offline");
    else halt("refused", sentenceOf(error));
  }

  function clear(): void {
    stop.kind = null;
    stop.text = "";
  }

  /** Once a second while something plays or is read. */
  function tick(): void {
    if (!worth.value) return;
    if (Date.now() > nextAsk) void renew();
    else if (!covered() && !asking && !duties.value && !stop.kind) halt("pass_offline");
  }

  /** These media seconds were watched. Kept on the device at once; with `leaving` they go before the page does. */
  function watched(spans: Span[], leaving = false): void {
    if (!sessionId.value || !pass) return;
    const fresh = difference([...spans, ...again], [...credited.value, ...sent]);
    again = [];
    sent = union([...sent, ...fresh]);
    const reports = fresh.map(([a, b]): Report => ({ id: newKey(), item_id: lesson.item_id, from_seconds: a, to_seconds: b, pass: pass!.pass }));
    if (leaving && reports.length) sendLeaving(sessionId.value, reports);
    for (const each of reports) void put(`study:${sessionId.value}`, "report", { session_id: sessionId.value, report: each });
  }

  /** What the server has of the item is what is shown; only what it does not have was lost. */
  function judged(kept: Kept, { verdict, item }: Judged): void {
    const span: Span = [kept.report.from_seconds, kept.report.to_seconds];
    credited.value = union([...credited.value, ...((item?.watched ?? []) as Span[])]);
    sent = difference(sent, [span]);
    if (item?.complete) complete.value = true;
    const lost = difference([span], credited.value);
    if (lost.length === 0) {
      if (verdict.credited_seconds > 0) note.value = "";
      return;
    }
    if (verdict.reason === "budget") again = union([...again, ...lost]);
    else if (verdict.reason && STOPPING.has(verdict.reason)) halt("not_counting", verdict.reason_text ?? "");
    else {
      if (verdict.reason === "pass_invalid") pass = null;
      goBack(lost[0]![0], verdict.reason_text ?? "");
    }
  }

  /** What was not credited is played once more (K18). */
  function goBack(at: number, why: string): void {
    note.value = `${why}已回到没有计入的位置。`;
    rewind(at);
  }

  function refused(kept: Kept, error: ProblemError): void {
    const span: Span = [kept.report.from_seconds, kept.report.to_seconds];
    sent = difference(sent, [span]);
    lostAt = Math.min(lostAt ?? length, span[0]);
    if (error.code === "classroom.study.session.superseded") halt("superseded");
    else halt("refused", sentenceOf(error)); // also an older session that is gone: never takes over without being asked (X7)
  }

  /** At the end: says once more what was not credited, and plays it again when that does not help. */
  async function settle(): Promise<void> {
    await drained(`study:${sessionId.value}`, 15);
    if (again.length) {
      await new Promise((done) => window.setTimeout(done, AGAIN_AFTER));
      watched([]);
      await drained(`study:${sessionId.value}`, 15);
    }
    if (full.value || complete.value || stop.kind || queue.value.waiting) return;
    const gap = missing(credited.value, length);
    if (gap.length) goBack(gap[0]![0], `还有 ${measure(gap)} 秒没有计入，`);
  }

  /** Here again, after another device had taken over or something had gone wrong. */
  async function retry(): Promise<void> {
    clear();
    sessionId.value = "";
    pass = null;
    sent = [];
    if (!(await ready())) return;
    if (lostAt !== null) rewind(lostAt);
    lostAt = null;
    resume();
  }

  async function dutiesDone(): Promise<void> {
    duties.value = null;
    soon.value = [];
    if (stop.kind === "duties") clear();
    if (await ready()) resume();
  }

  async function goOn(): Promise<void> {
    if (stop.kind !== "pass_offline") return;
    wake();
    if (await ready()) {
      clear();
      resume();
    }
  }
  watch(online, (is) => is && void goOn());
  const probing = window.setInterval(() => void goOn(), TRY_AGAIN);
  onBeforeUnmount(() => {
    window.clearInterval(probing);
    leaveLane();
  });

  return {
    counting,
    length,
    credited,
    learned,
    complete,
    full,
    worth,
    duties,
    soon,
    stop,
    note,
    queue,
    ready,
    isReady,
    tick,
    watched,
    settle,
    retry,
    dutiesDone,
    halt,
    clear,
    drive: (acts: { rewind: (at: number) => void; pause: () => void; resume: () => void }) => ({ rewind, pause, resume } = acts),
  };
}
