/**
 * Checking in over a phone line that may break (S2): the photo is uploaded once and its receipt kept, so that pressing
 * again sends a few hundred bytes and no photo. Nothing is uploaded before the learner has confirmed the picture (X6).
 */
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { recordCheckIn, uploadPhoto, type CheckIn, type Duty } from "./calls";
import { UPLOADED_BUT_OFFLINE } from "./texts";

export type CheckInStep = "uploading" | "recording";

/** The service judges how long a receipt is good: it still knows an ended one whose check-in was recorded. */
const receipts = new WeakMap<Blob, string>();
const ENDED = ["supervision.photo.expired", "supervision.receipt.broken", "supervision.photo.no_content"];
const FIRST: Record<string, Duty["kind"]> = { "supervision.photo.real_name_first": "real_name", "supervision.photo.consent_first": "consent" };

/** Uploads the picture, unless it has been, and checks in with its receipt; `tell` hears which of the two is under way. */
export async function checkIn(classId: string, photo: Blob, tell: (step: CheckInStep) => void): Promise<CheckIn> {
  const receipt = receipts.get(photo) ?? (await uploaded(classId, photo, tell));
  tell("recording");
  try {
    return await recordCheckIn(classId, receipt);
  } catch (error) {
    if (error instanceof OfflineError) throw new OfflineError(UPLOADED_BUT_OFFLINE);
    if (!needsNewPhoto(error)) throw error;
    receipts.delete(photo);
    // What is wrong is no field that the learner filled in: the sentence says what to do.
    throw new ProblemError({ ...(error as ProblemError).problem, errors: [] });
  }
}

/** Whether this picture cannot serve any more: it has to be somebody who is there now. */
export function needsNewPhoto(error: unknown): boolean {
  return error instanceof ProblemError && ENDED.includes(error.code);
}

/** The duty that has to be done before a photo may be taken in: consent was withdrawn meanwhile, say. */
export function dutyBefore(error: unknown): Duty["kind"] | null {
  return error instanceof ProblemError ? (FIRST[error.code] ?? null) : null;
}

async function uploaded(classId: string, photo: Blob, tell: (step: CheckInStep) => void): Promise<string> {
  tell("uploading");
  const receipt = await uploadPhoto(classId, photo);
  receipts.set(photo, receipt);
  return receipt;
}
