/** Classes and the wizard's four steps. */
import type { components } from "@/shared/api/generated/classroom";
import { bodyOf, classroom, versionOf, type Versioned } from "@/shared/api/clients";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type ClassState = Schemas["ClassRow"]["state"];
export type ClassKind = Schemas["ClassRow"]["type"];
export type ClassRow = Schemas["ClassRow"];
export type ClassType = Schemas["ClassType"];
export type Candidate = Schemas["Candidate"];
export type Region = Schemas["Region"];
export type Missing = Schemas["Missing"];
export type ChosenPackage = Schemas["Package"];

export interface StudyWindow {
  from: string;
  to: string;
}

export interface SupervisionSettings {
  real_name: boolean;
  check_in: "off" | "once" | "twice";
  daily_video_hours: number | null;
  study_windows: StudyWindow[];
}

export type TrainingClass = Omit<Schemas["Class"], "supervision"> & { supervision: Partial<SupervisionSettings> };

export interface BasicSettings {
  name: string;
  start_day: string;
  end_day: string;
  teacher_id: string;
  assistant_ids: string[];
  planned_headcount: number;
  region: Region;
  category_id: string;
  training_enterprise: string;
  supervision_number: string;
  announcement: string;
}

export interface ExamSettings {
  opens_at: string;
  closes_at: string;
  attempts: number;
  minutes: number;
  answers_shown: "after_window" | "after_attempts";
}

export interface CourseSettings {
  recorded: boolean;
  package: { package_id: string; version: number } | null;
  minutes_per_class_hour: number;
  replay: "none" | "until";
  replay_until: string | null;
  exam: ExamSettings | null;
  offline: boolean;
  timetable: string;
}

export interface ClassQuery {
  page?: number;
  page_size?: number;
  state?: string;
  type?: string;
  text?: string;
  from_day?: string;
  to_day?: string;
}

type Saved = Promise<Versioned<TrainingClass>>;

const edit = (classId: string, etag: string): { path: { class_id: string }; header: { "If-Match": string } } => ({
  path: { class_id: classId },
  header: { "If-Match": etag },
});

export function listClasses(query: ClassQuery): Promise<Page<ClassRow>> {
  return bodyOf(classroom.GET("/api/v1/classroom/classes", { params: { query: query as never } })) as Promise<Page<ClassRow>>;
}

export function readClass(classId: string): Saved {
  return versionOf(classroom.GET("/api/v1/classroom/classes/{class_id}", { params: { path: { class_id: classId } } })) as unknown as Saved;
}

export async function classTypes(): Promise<ClassType[]> {
  return (await bodyOf(classroom.GET("/api/v1/classroom/class-types"))).items;
}

export async function staffCandidates(): Promise<Candidate[]> {
  return (await bodyOf(classroom.GET("/api/v1/classroom/staff-candidates"))).items;
}

export function createClass(type: ClassKind, settings: BasicSettings, key: string): Saved {
  const params = { header: { "Idempotency-Key": key } };
  return versionOf(classroom.POST("/api/v1/classroom/classes", { params, body: { type, ...settings } })) as unknown as Saved;
}

export function saveBasic(classId: string, etag: string, settings: BasicSettings): Saved {
  return versionOf(classroom.PUT("/api/v1/classroom/classes/{class_id}/basic", { params: edit(classId, etag), body: settings })) as unknown as Saved;
}

export function saveCourses(classId: string, etag: string, settings: CourseSettings): Saved {
  return versionOf(classroom.PUT("/api/v1/classroom/classes/{class_id}/courses", { params: edit(classId, etag), body: settings })) as unknown as Saved;
}

export function saveSupervision(classId: string, etag: string, settings: SupervisionSettings): Saved {
  return versionOf(classroom.PUT("/api/v1/classroom/classes/{class_id}/supervision", { params: edit(classId, etag), body: settings })) as unknown as Saved;
}

/** What a copied class has of its own. */
export interface CopySettings {
  name: string;
  start_day: string;
  end_day: string;
  announcement: string;
}

export function copyClass(classId: string, settings: CopySettings, key: string): Saved {
  const params = { path: { class_id: classId }, header: { "Idempotency-Key": key } };
  return versionOf(classroom.POST("/api/v1/classroom/classes/{class_id}/copies", { params, body: settings })) as unknown as Saved;
}

export async function deleteClass(classId: string): Promise<void> {
  await classroom.DELETE("/api/v1/classroom/classes/{class_id}", { params: { path: { class_id: classId } } });
}
