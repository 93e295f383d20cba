/** What the page 开班审核 reads, and what follows from it. */
import type { Versioned } from "@/shared/api/clients";
import { readClass, type TrainingClass } from "@/features/class-console/calls";
import { readGraduation, readOpening, type Application } from "./calls";

export interface OpeningNow {
  found: TrainingClass;
  application: Versioned<Application> | null;
}

export async function readOpeningNow(classId: string): Promise<OpeningNow> {
  const { data: found } = await readClass(classId);
  const brief = found.application;
  if (!brief) return { found, application: null };
  return { found, application: await (brief.kind === "opening" ? readOpening(brief.id) : readGraduation(brief.id)) };
}

/** Where in the wizard a missing setting is made. */
export function stepOf(field: string): "basic" | "courses" | "supervision" | "roster" {
  if (field.startsWith("/courses")) return "courses";
  if (field.startsWith("/supervision")) return "supervision";
  return field.startsWith("/roster") ? "roster" : "basic";
}

export const STEPS = ["核对费用", "提交", "一审", "二审", "已开班"];

export function placeOf({ found, application }: OpeningNow): number {
  if (found.state !== "draft" && found.state !== "opening_review") return STEPS.length;
  const state = application?.data.state;
  if (state === "first_review") return 2;
  if (state === "second_review") return 3;
  return state === "prepared" && application?.data.quote === "priced" && !application.data.quote_stale ? 1 : 0;
}

/** The figures of the opening, also after a graduation was applied for. */
export function figuresOf(application: Application | null): { headcount: number | null; fee: string | null; amount: string | null; waiverAsked: boolean; waiverReason: string } {
  if (application?.kind === "graduation") {
    const { opening } = application;
    return { headcount: opening?.planned_headcount ?? null, fee: opening?.per_head_fee ?? null, amount: opening?.amount ?? null, waiverAsked: opening?.waiver_asked ?? false, waiverReason: "" };
  }
  return {
    headcount: application?.planned_headcount ?? null,
    fee: application?.per_head_fee ?? null,
    amount: application?.amount ?? null,
    waiverAsked: application?.waiver_asked ?? false,
    waiverReason: application?.waiver_reason ?? "",
  };
}

/** The last refusal of this kind, while nothing newer is under way. */
export function refusalOf(application: Application | null, kind: "opening" | "graduation"): string | null {
  if (!application || application.kind !== kind || application.state !== "rejected") return null;
  const last = application.decisions.find((each) => each.decision === "rejected");
  return last ? last.reason || last.opinion : "";
}
