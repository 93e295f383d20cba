/** Whether the review that is due is mine to decide, and if not, why (K13): the server says so with the application. */
import type { Application, Stage } from "./calls";
import { NOTHING_DUE } from "./texts";

export interface Turn {
  /** The stage that is due; null when none is. */
  stage: Stage | null;
  /** Why I may not decide it; empty when I may. */
  refusal: string;
  /** Why it can only be rejected; empty when it can be approved. */
  onlyRejected: string;
}

export function turnOf({ state, due_review: due }: Pick<Application, "state" | "due_review">): Turn {
  if (due.stage) return { stage: due.stage, refusal: due.may_decide ? "" : (due.why_not ?? NOTHING_DUE.ended), onlyRejected: due.why_not_approve ?? "" };
  return { stage: null, refusal: ["counting", "billing"].includes(state) ? NOTHING_DUE.counting : NOTHING_DUE.ended, onlyRejected: "" };
}
