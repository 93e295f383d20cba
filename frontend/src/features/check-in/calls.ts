/** Real-name verification, consent, check-in (S1, S2, X6), and the study pass (S6). */
import { bodyOf, keyless, multipart, supervision } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/supervision";
import { ProblemError } from "@/shared/api/problem";
import { isClosed, withTicket } from "@/features/learner-classes/calls";

type Schemas = components["schemas"];
export type RealName = Schemas["RealNameOut"];
export type CheckIn = Schemas["CheckInOut"];
export type Duty = Schemas["DutyOut"];

export interface StudyPass {
  pass: string;
  /** By this device's clock: a pass is good for 120 s from the moment at which it was asked for. */
  until: number;
  duties: Duty[];
}

const PASS_LIFE = 120_000;
const PATIENCE = 20_000;
/** A photo on a slow phone line takes its time; a line that is dead is told as such in the end. */
const UPLOAD_PATIENCE = 120_000;
const CHECK_IN_PATIENCE = 45_000;

/** Whether the account is verified with the document by which it has joined this class (S1). */
export async function readRealName(classId: string): Promise<RealName> {
  const read = (header: object): Promise<RealName> => bodyOf(supervision.GET("/api/v1/supervision/real-name", { params: { header } }));
  try {
    return await withTicket(classId, (ticket) => read({ "Kaike-Ticket": ticket }));
  } catch (error) {
    if (isClosed(error)) return await read({}); // no ticket is given out any more, and nothing is asked for
    throw error;
  }
}

export function verifyRealName(classId: string, photo: Blob): Promise<RealName> {
  return withTicket(classId, async (ticket) => {
    const params = { header: { "Kaike-Ticket": ticket } };
    const parts = multipart({ photo: [photo, "real-name.jpg"], consent: "true" });
    return await bodyOf(supervision.POST("/api/v1/supervision/real-name", { params, ...parts }));
  });
}

export async function giveConsent(): Promise<void> {
  await bodyOf(supervision.POST("/api/v1/supervision/consents", { body: { consent: true } }));
}

export async function withdrawConsent(): Promise<void> {
  await bodyOf(supervision.DELETE("/api/v1/supervision/consents/mine"));
}

/** Hands the photo in for a check-in and resolves to its receipt. Each photo has one of its own; unused ones are dropped. */
export function uploadPhoto(classId: string, photo: Blob): Promise<string> {
  return withTicket(classId, async (ticket) => {
    const params = { header: { "Kaike-Ticket": ticket } };
    const parts = multipart({ photo: [photo, "check-in.jpg"], purpose: "check_in" });
    const found = await bodyOf(supervision.POST("/api/v1/supervision/photos", { params, ...parts, ...keyless, signal: AbortSignal.timeout(UPLOAD_PATIENCE) }));
    return found.receipt;
  });
}

/** Checks in with a photo's receipt. Sent again, it is answered with the check-in that there is (S2). */
export async function recordCheckIn(classId: string, receipt: string): Promise<CheckIn> {
  const params = { path: { class_id: classId } };
  const signal = AbortSignal.timeout(CHECK_IN_PATIENCE);
  return await bodyOf(supervision.POST("/api/v1/supervision/classes/{class_id}/check-ins", { params, body: { receipt }, ...keyless, signal }));
}

export function askForPass(classId: string, use: "study" | "exam"): Promise<StudyPass> {
  return withTicket(classId, async (ticket) => {
    const asked = Date.now();
    const params = { path: { class_id: classId }, header: { "Kaike-Ticket": ticket } };
    const found = await bodyOf(supervision.POST("/api/v1/supervision/classes/{class_id}/passes", { params, body: { use }, signal: AbortSignal.timeout(PATIENCE) }));
    return { pass: found.pass, until: asked + PASS_LIFE, duties: found.duties };
  });
}

/** The duties that stand between the learner and a pass; null when the error says something else. */
export function dutiesOf(error: unknown): Duty[] | null {
  if (!(error instanceof ProblemError) || error.code !== "supervision.duties.due") return null;
  return (error.problem.duties as Duty[] | undefined) ?? [];
}
