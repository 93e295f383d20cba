/**
 * Answering an attempt: every answer is kept on the device at once and sent through the offline queue in order; the time
 * is the server's; going on is possible on any device (E4).
 */
import { computed, onBeforeUnmount, reactive, ref, shallowRef, watch } from "vue";
import { openOwnQueue } from "@/app/waiting";
import { newKey } from "@/shared/api/send";
import { ProblemError } from "@/shared/api/problem";
import { put, stateOf, waitingIn, wake, whenSettled } from "@/shared/offline/queue";
import { readAttempt, type AnswerSave, type AnswerSaved, type Attempt, type HandIn } from "./calls";
import { SavesKnown } from "./savesKnown";
import "./sending";

interface Given {
  answer: string[];
  marked: boolean;
}

export type Answering = ReturnType<typeof useAnswering>;

export function useAnswering(first: Attempt) {
  const lane = `attempt:${first.id}`;
  void openOwnQueue().then(() => overlay());
  const attempt = shallowRef(first);
  const given = reactive<Record<string, Given>>({});
  const queue = stateOf(lane);
  const now = ref(Date.now());
  const handingIn = ref(false);
  /** Why the attempt could not be read. */
  const trouble = ref<unknown>(null);
  /** What the service has refused for good, until the learner goes on. */
  const refusal = ref<unknown>(null);
  /** Questions whose last answer came to the service after the end. */
  const late = ref(new Set<string>());
  /** The number of the question for which a newer answer of another device counts. */
  const outdated = ref<number | null>(null);
  const known = new SavesKnown();
  let ahead = 0; // the server's clock less ours, in milliseconds

  const running = computed(() => attempt.value.state === "running");
  const questions = computed(() => attempt.value.questions);
  const remaining = computed(() => {
    if (!running.value || attempt.value.seconds === null || !attempt.value.deadline) return null;
    return Math.max(0, Math.ceil((Date.parse(attempt.value.deadline) - now.value - ahead) / 1000));
  });
  const timeOver = computed(() => remaining.value === 0);
  const open = computed(() => questions.value.filter((question) => !given[question.id]?.answer.length).length);

  function take(found: Attempt): void {
    attempt.value = found;
    setClock(found.server_time);
    known.take(found);
    for (const question of found.questions) given[question.id] = { answer: [...question.answer], marked: question.marked };
    overlay();
  }

  /** What the server does not know yet lies over what it says. */
  function overlay(): void {
    if (!running.value) return;
    for (const save of waitingIn<AnswerSave>(lane, "answer")) {
      given[save.question_id] = { answer: [...save.answer], marked: save.marked };
      known.made(save.question_id, save.id);
    }
    if (waitingIn(lane, "hand-in").length > 0) handingIn.value = true;
  }

  function setClock(serverTime: string | null): void {
    if (serverTime) ahead = Date.parse(serverTime) - Date.now();
    now.value = Date.now();
  }

  function keep(questionId: string, change: Partial<Given>): void {
    if (!running.value || timeOver.value || handingIn.value) return;
    const next = { answer: [], marked: false, ...given[questionId], ...change };
    given[questionId] = next;
    outdated.value = refusal.value = null;
    const save: AnswerSave = { id: newKey(), based_on: known.of(questionId), attempt_id: first.id, question_id: questionId, answer: [...next.answer].sort(), marked: next.marked };
    known.made(questionId, save.id);
    void put(lane, "answer", save);
  }

  /** In the same lane, so that it goes after the answers; when the network is cut it goes when that is back. */
  function hand(): void {
    if (handingIn.value || !running.value) return;
    handingIn.value = true;
    const body: HandIn = timeOver.value ? { attempt_id: first.id } : { attempt_id: first.id, based_on: known.last };
    void put(lane, "hand-in", body);
  }

  async function reload(): Promise<void> {
    try {
      take(await readAttempt(first.id));
      trouble.value = null;
    } catch (error) {
      trouble.value = error;
    }
  }

  const stopListening = whenSettled<AnswerSave | HandIn, AnswerSaved | Attempt>(lane, ({ body, answer, error }) => {
    if (error) {
      refused(body, error);
      void reload();
    } else if (answer && "questions" in answer) {
      handingIn.value = false;
      take(answer);
    } else if (answer) {
      setClock(answer.server_time);
      if (known.saved(answer)) void reload(); // another device has saved in between
    }
  });

  function refused(body: AnswerSave | HandIn, error: ProblemError): void {
    handingIn.value = false;
    if ("question_id" in body && error.code === "exam.answer.outdated") {
      outdated.value = questions.value.find((question) => question.id === body.question_id)?.position ?? null;
      return;
    }
    refusal.value = error;
    if ("question_id" in body) late.value = new Set([...late.value, body.question_id]);
  }

  const ticking = window.setInterval(() => (now.value = Date.now()), 500);
  const back = (): void => {
    if (document.visibilityState !== "visible" || !running.value) return;
    wake();
    if (queue.waiting === 0) void reload(); // another device may have gone on meanwhile
  };
  document.addEventListener("visibilitychange", back);
  onBeforeUnmount(() => {
    window.clearInterval(ticking);
    document.removeEventListener("visibilitychange", back);
    stopListening();
  });
  watch(timeOver, (over) => over && hand());
  take(first);

  return {
    attempt,
    questions,
    given,
    running,
    remaining,
    timeOver,
    open,
    queue,
    handingIn,
    trouble: computed(() => trouble.value ?? refusal.value),
    outdated,
    late: computed(() => late.value.size),
    choose: (questionId: string, answer: string[]) => keep(questionId, { answer }),
    mark: (questionId: string, marked: boolean) => keep(questionId, { marked }),
    hand,
    reload,
  };
}
