/** What the device check measures on the way to the server. */
import { ProblemError } from "@/shared/api/problem";
import { send } from "@/shared/api/send";
import { listMyClasses, readMyClass } from "@/features/learner-classes/calls";
import { lessonsOf } from "@/features/learner-classes/lessons";
import { linkOf, takeItemTicket } from "@/features/player/calls";

const PART = 256 * 1024;

/** Milliseconds to the gateway and back. */
export async function ping(): Promise<number> {
  const started = performance.now();
  await (await send(new Request("/livez", { cache: "no-store", signal: AbortSignal.timeout(8_000) }))).text();
  return performance.now() - started;
}

/** Bits per second of a part of a lesson's own file; null when there is none to try with. */
export async function mediaSpeed(): Promise<number | null> {
  const { items } = await listMyClasses(1);
  const open = items.find((summary) => summary.state === "open" && summary.item_count > 0);
  if (!open) return null;
  const lesson = lessonsOf(await readMyClass(open.class_id)).find((each) => each.reachable && each.kind === "video");
  if (!lesson) return null;
  try {
    const url = await linkOf(await takeItemTicket(open.class_id, lesson.item_id));
    const started = performance.now();
    const response = await send(new Request(url, { cache: "no-store", headers: { Range: `bytes=0-${PART - 1}` }, signal: AbortSignal.timeout(15_000) }));
    const { byteLength } = await response.arrayBuffer();
    return (byteLength * 8000) / Math.max(1, performance.now() - started);
  } catch (error) {
    if (error instanceof ProblemError) return null; // not allowed to be opened just now, which says nothing of the network
    throw error;
  }
}
