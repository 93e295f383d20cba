/** Applications for opening and graduation, and their reviews. */
import { bodyOf, classroom, versionOf, type Versioned } from "@/shared/api/clients";
import type { components, operations } from "@/shared/api/generated/classroom";
import type { Keyset } from "@/shared/keylisting";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type Application = Schemas["Application"];
export type ApplicationRow = Schemas["ApplicationRow"];
export type Decision = Schemas["Decision"];
export type TrainingClass = Schemas["Class"];
export type Enrolment = Schemas["Enrolment"];
export type Identity = Schemas["CorrectIdentity"];
export type Stage = "first" | "second";
export type ApplicationQuery = NonNullable<operations["list_applications"]["parameters"]["query"]>;

export interface Said {
  stage: Stage;
  decision: "approved" | "rejected";
  opinion: string;
  reason: string;
  refund: string | null;
}

export function findApplications(query: ApplicationQuery): Promise<Keyset<ApplicationRow>> {
  return bodyOf(classroom.GET("/api/v1/classroom/applications", { params: { query } })) as Promise<Keyset<ApplicationRow>>;
}

export function getApplication(id: string): Promise<Application> {
  return bodyOf(classroom.GET("/api/v1/classroom/applications/{application_id}", { params: { path: { application_id: id } } })) as Promise<Application>;
}

export function decide(id: string, body: Said, key: string): Promise<Application> {
  const params = { path: { application_id: id }, header: { "Idempotency-Key": key } };
  return bodyOf(classroom.POST("/api/v1/classroom/applications/{application_id}/decisions", { params, body })) as Promise<Application>;
}

export function getClass(id: string): Promise<Versioned<TrainingClass>> {
  return versionOf(classroom.GET("/api/v1/classroom/classes/{class_id}", { params: { path: { class_id: id } } })) as Promise<Versioned<TrainingClass>>;
}

export function changeHeadcount(id: string, etag: string, headcount: number): Promise<Versioned<TrainingClass>> {
  const params = { path: { class_id: id }, header: { "If-Match": etag } };
  const body = { planned_headcount: headcount };
  return versionOf(classroom.PUT("/api/v1/classroom/classes/{class_id}/planned-headcount", { params, body })) as Promise<Versioned<TrainingClass>>;
}

export function listEnrolments(classId: string, query: { page: number; page_size: number; text?: string }): Promise<Page<Enrolment>> {
  const params = { path: { class_id: classId }, query };
  return bodyOf(classroom.GET("/api/v1/classroom/classes/{class_id}/enrolments", { params })) as Promise<Page<Enrolment>>;
}

/** Who a learner is, mended with a reason (K9). */
export function correctIdentity(classId: string, enrolment: Enrolment, identity: Identity): Promise<Enrolment> {
  const params = { path: { class_id: classId, enrolment_id: enrolment.id }, header: { "If-Match": `"v${enrolment.version}"` } };
  return bodyOf(classroom.PUT("/api/v1/classroom/classes/{class_id}/enrolments/{enrolment_id}/identity", { params, body: identity })) as Promise<Enrolment>;
}
