/** Applications for opening and graduation, as the applicant sees them. */
import type { components } from "@/shared/api/generated/classroom";
import { bodyOf, classroom, identity, versionOf, type Versioned } from "@/shared/api/clients";

export type Application = components["schemas"]["Application"];
export type Decision = components["schemas"]["Decision"];

const ofApplication = (id: string): { application_id: string } => ({ application_id: id });
const told = (call: Promise<Versioned<unknown>>): Promise<Versioned<Application>> => call as Promise<Versioned<Application>>;

/** Asks for a quote. One that was prepared before and not submitted is replaced. A reason asks for a fee waiver. */
export function prepareOpening(classId: string, waiverReason: string | null, key: string): Promise<Versioned<Application>> {
  const params = { path: { class_id: classId }, header: { "Idempotency-Key": key } };
  return told(versionOf(classroom.POST("/api/v1/classroom/classes/{class_id}/openings", { params, body: { waiver_reason: waiverReason } })));
}

export function readOpening(id: string): Promise<Versioned<Application>> {
  return told(versionOf(classroom.GET("/api/v1/classroom/openings/{application_id}", { params: { path: ofApplication(id) } })));
}

/** `etag` is of the version whose price was read. */
export async function submitOpening(id: string, etag: string, key: string): Promise<void> {
  await classroom.POST("/api/v1/classroom/openings/{application_id}/submission", { params: { path: ofApplication(id), header: { "Idempotency-Key": key, "If-Match": etag } } });
}

export async function withdrawOpening(id: string, key: string): Promise<void> {
  await classroom.POST("/api/v1/classroom/openings/{application_id}/withdrawal", { params: { path: ofApplication(id), header: { "Idempotency-Key": key } } });
}

export async function applyGraduation(classId: string, etag: string, key: string): Promise<void> {
  await classroom.POST("/api/v1/classroom/classes/{class_id}/graduations", { params: { path: { class_id: classId }, header: { "Idempotency-Key": key, "If-Match": etag } } });
}

export function readGraduation(id: string): Promise<Versioned<Application>> {
  return told(versionOf(classroom.GET("/api/v1/classroom/graduations/{application_id}", { params: { path: ofApplication(id) } })));
}

/** An amount of 0.00 takes the wish back. */
export async function askRefund(id: string, etag: string, refund: string, reason: string): Promise<void> {
  await classroom.PUT("/api/v1/classroom/graduations/{application_id}/refund", { params: { path: ofApplication(id), header: { "If-Match": etag } }, body: { refund, reason } });
}

export async function withdrawGraduation(id: string, key: string): Promise<void> {
  await classroom.POST("/api/v1/classroom/graduations/{application_id}/withdrawal", { params: { path: ofApplication(id), header: { "Idempotency-Key": key } } });
}

export async function readReviewLog(classId: string): Promise<Decision[]> {
  const said = await bodyOf(classroom.GET("/api/v1/classroom/classes/{class_id}/review-log", { params: { path: { class_id: classId } } }));
  return said.items as Decision[];
}

/** Whom to ask about prices and reviews: 李明（13900000000）, or only what they are called. */
export async function accountManager(): Promise<string> {
  const said = await bodyOf(identity.GET("/api/v1/identity/dealers"));
  const dealer = said.items[0];
  return dealer ? `${dealer.name}的商务专员${dealer.contact_name ? ` ${dealer.contact_name}` : ""}${dealer.contact_phone ? `（${dealer.contact_phone}）` : ""}` : "贵单位的商务专员";
}
