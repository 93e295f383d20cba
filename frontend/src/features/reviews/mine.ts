/** Whether the review that is due is mine to decide, and if not, why (K13). The server decides; this says it beforehand. */
import { account, has } from "@/app/session";
import { findApplications, type Application, type Stage } from "./calls";
import { REFUSALS } from "./texts";

export interface Turn {
  /** The stage that is due; null when none is. */
  stage: Stage | null;
  /** Why I may not decide it; empty when I may. */
  refusal: string;
}

export async function turnOf(application: Application): Promise<Turn> {
  const stage = application.state === "first_review" ? "first" : application.state === "second_review" ? "second" : null;
  if (!stage) return { stage, refusal: ["counting", "billing"].includes(application.state) ? REFUSALS.counting : REFUSALS.ended };
  return { stage, refusal: byRole(application, stage) || (await isOwn(application) ? REFUSALS.own : "") };
}

function byRole(application: Application, stage: Stage): string {
  if (!has(stage === "first" ? "account_manager" : "platform_reviewer")) return REFUSALS[stage];
  if (stage === "first" && application.dealer_id !== account.value?.dealer_id) return REFUSALS.otherDealer;
  const first = application.decisions.find((each) => each.stage === "first");
  // Only who holds both roles can have done the first review and meet the second.
  if (stage === "second" && has("account_manager") && first?.reviewer_name === account.value?.name) return REFUSALS.bothStages;
  return "";
}

/** An application names its applicants, not their accounts; the queue of what waits for me leaves out my own. */
async function isOwn(application: Application): Promise<boolean> {
  const found = await findApplications({ waiting: true, kind: application.kind, provider_id: application.provider_id, text: application.class_info.name, limit: 100 });
  return found.next === null && !found.items.some(({ id }) => id === application.id);
}
