/** The class console's calls. */
import type { components as Classroom } from "@/shared/api/generated/classroom";
import type { components as Supervision } from "@/shared/api/generated/supervision";
import { bodyOf, classroom, supervision, versionOf, type Versioned } from "@/shared/api/clients";
import { saveFile } from "@/shared/download";
import type { Page } from "@/shared/listing";

type Schemas = Classroom["schemas"];
export type TrainingClass = Omit<Schemas["Class"], "supervision"> & { supervision: SupervisionSettings };
export type Overview = Schemas["Overview"];
export type Enrolment = Schemas["Enrolment"];
export type Person = Schemas["Person"];
export type LearningRow = Schemas["LearningRow"];
export type LearnerDetails = Schemas["LearnerDetails"];
export type ItemDetail = LearnerDetails["items"][number];
export type Attempt = Schemas["Attempt"];
export type DayFigures = Schemas["DayFigures"];
export type Candidate = Schemas["Candidate"];
export type CheckInStatistics = Supervision["schemas"]["StatisticsOut"];
export type LearnerCheckIns = Supervision["schemas"]["LearnerStatistics"];
export type CheckIn = Supervision["schemas"]["CheckInLine"];

export interface SupervisionSettings {
  real_name?: boolean;
  check_in?: "off" | "once" | "twice";
  daily_video_hours?: number | null;
  study_windows?: { from: string; to: string }[];
}

/** What of an open class may be changed (K14); what is not named stays. */
export interface RunningChange {
  end_day?: string;
  timetable?: string;
  staff?: { teacher_id: string; assistant_ids: string[] };
  supervision_number?: string;
  replay?: { replay: "none" | "until"; replay_until: string | null };
  exam?: { opens_at?: string; closes_at?: string; attempts?: number };
}

interface PageQuery {
  page: number;
  page_size: number;
}

const ofClass = (classId: string): { class_id: string } => ({ class_id: classId });
const ifMatch = (etag: string): { "If-Match": string } => ({ "If-Match": etag });

export function readClass(classId: string): Promise<Versioned<TrainingClass>> {
  return versionOf(classroom.GET("/api/v1/classroom/classes/{class_id}", { params: { path: ofClass(classId) } })) as unknown as Promise<Versioned<TrainingClass>>;
}

export function readOverview(classId: string): Promise<Overview> {
  return bodyOf(classroom.GET("/api/v1/classroom/classes/{class_id}/overview", { params: { path: ofClass(classId) } }));
}

export async function saveAnnouncement(classId: string, etag: string, announcement: string): Promise<void> {
  await classroom.PUT("/api/v1/classroom/classes/{class_id}/announcement", { params: { path: ofClass(classId), header: ifMatch(etag) }, body: { announcement } });
}

export async function saveRunning(classId: string, etag: string, change: RunningChange): Promise<void> {
  await classroom.PATCH("/api/v1/classroom/classes/{class_id}/running-settings", { params: { path: ofClass(classId), header: ifMatch(etag) }, body: change });
}

export async function staffCandidates(): Promise<Candidate[]> {
  return (await bodyOf(classroom.GET("/api/v1/classroom/staff-candidates"))).items;
}

export function listEnrolments(classId: string, query: PageQuery & { joined?: string; text?: string }): Promise<Page<Enrolment>> {
  const { joined, ...rest } = query;
  const said = { ...rest, ...(joined ? { joined: joined === "yes" } : {}) };
  return bodyOf(classroom.GET("/api/v1/classroom/classes/{class_id}/enrolments", { params: { path: ofClass(classId), query: said } })) as Promise<Page<Enrolment>>;
}

export function addEnrolment(classId: string, person: Person, key: string): Promise<Enrolment> {
  return bodyOf(classroom.POST("/api/v1/classroom/classes/{class_id}/enrolments", { params: { path: ofClass(classId), header: { "Idempotency-Key": key } }, body: person })) as Promise<Enrolment>;
}

/** A document number of null stays as it is. */
export function changeEnrolment(classId: string, enrolment: Enrolment, person: Omit<Person, "document_number"> & { document_number: string | null }): Promise<Enrolment> {
  return bodyOf(
    classroom.PUT("/api/v1/classroom/classes/{class_id}/enrolments/{enrolment_id}", {
      params: { path: { class_id: classId, enrolment_id: enrolment.id }, header: ifMatch(`"v${enrolment.version}"`) },
      body: person,
    }),
  ) as Promise<Enrolment>;
}

export async function deleteEnrolment(classId: string, enrolmentId: string): Promise<void> {
  await classroom.DELETE("/api/v1/classroom/classes/{class_id}/enrolments/{enrolment_id}", { params: { path: { class_id: classId, enrolment_id: enrolmentId } } });
}

/** The whole number; that it was looked at is logged. */
export async function documentNumber(classId: string, enrolmentId: string): Promise<string> {
  const said = await bodyOf(
    classroom.POST("/api/v1/classroom/classes/{class_id}/enrolments/{enrolment_id}/document-number", { params: { path: { class_id: classId, enrolment_id: enrolmentId } } }),
  );
  return said.document_number;
}

export function exportRoster(classId: string, name: string): Promise<void> {
  const asked = classroom.POST("/api/v1/classroom/classes/{class_id}/roster-exports", { params: { path: ofClass(classId) }, parseAs: "blob" });
  return saveFile(asked as Promise<{ data?: Blob; response: Response }>, `${name}-学员名单.xlsx`);
}

export function listLearning(classId: string, query: PageQuery & { status?: string; check_in?: string; text?: string }): Promise<Page<LearningRow>> {
  return bodyOf(classroom.GET("/api/v1/classroom/classes/{class_id}/learning", { params: { path: ofClass(classId), query: query as never } })) as Promise<Page<LearningRow>>;
}

export async function learningDays(classId: string): Promise<DayFigures[]> {
  const said = await bodyOf(classroom.GET("/api/v1/classroom/classes/{class_id}/learning-days", { params: { path: ofClass(classId) } }));
  return said.items as DayFigures[];
}

export function learnerDetails(classId: string, enrolmentId: string, onlyUnfinished: boolean): Promise<LearnerDetails> {
  const params = { path: { class_id: classId, enrolment_id: enrolmentId }, query: { only_unfinished: onlyUnfinished } };
  return bodyOf(classroom.GET("/api/v1/classroom/classes/{class_id}/learning/{enrolment_id}", { params })) as Promise<LearnerDetails>;
}

export function checkInStatistics(classId: string, query: PageQuery & { text?: string }): Promise<CheckInStatistics> {
  return bodyOf(supervision.GET("/api/v1/supervision/classes/{class_id}/check-in-statistics", { params: { path: ofClass(classId), query } })) as Promise<CheckInStatistics>;
}

export async function checkInsOf(classId: string, enrolmentId: string): Promise<CheckIn[]> {
  const query = { enrolment_id: enrolmentId, page: 1, page_size: 100 };
  const said = await bodyOf(supervision.GET("/api/v1/supervision/classes/{class_id}/check-ins", { params: { path: ofClass(classId), query } }));
  return said.items as CheckIn[];
}

/** A link to the photo for five minutes; who asked for it is logged. */
export async function checkInPhoto(checkInId: string): Promise<string> {
  const said = await bodyOf(supervision.POST("/api/v1/supervision/check-ins/{check_in_id}/photo-link", { params: { path: { check_in_id: checkInId } } }));
  return said.url;
}
