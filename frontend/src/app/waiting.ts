/** The offline queue of whoever is signed in: what an earlier page left behind goes whatever page is open now. */
import { openQueue, unsendable } from "@/shared/offline/queue";
import { account, presence } from "./session";

/** Who knows how each kind is sent; loaded only when something of it waits. */
const SENDERS: Record<string, () => Promise<unknown>> = {
  answer: () => import("@/features/exam/sending"),
  "hand-in": () => import("@/features/exam/sending"),
  report: () => import("@/features/player/sending"),
};

export async function openOwnQueue(): Promise<void> {
  const id = account.value?.id;
  if (!id) return;
  await openQueue(id, () => account.value?.id === id && presence.value === "present");
  await Promise.all(unsendable().map((kind) => SENDERS[kind]?.()));
}
