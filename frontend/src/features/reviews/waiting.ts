/** Since when an application waits. */
import type { ApplicationRow } from "./calls";

/** The second review waits since the first was decided. */
export function waitingSince(application: Pick<ApplicationRow, "state" | "submitted_at" | "decisions">): string | null {
  const first = application.decisions.find(({ stage }) => stage === "first");
  return application.state === "second_review" && first ? first.decided_at : application.submitted_at;
}

export function isWaiting(state: string): boolean {
  return state === "first_review" || state === "second_review";
}
