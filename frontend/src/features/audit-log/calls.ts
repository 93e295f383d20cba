/** 操作日志 (X11). */
import type { components } from "@/shared/api/generated/classroom";
import { bodyOf, classroom } from "@/shared/api/clients";
import { saveFile } from "@/shared/download";
import type { Keyset } from "@/shared/keylisting";

/** `changes` is field → [before, after]. */
export type AuditEntry = Omit<components["schemas"]["AuditEntry"], "changes"> & { changes: Record<string, [unknown, unknown]> };

const part = (after?: string): { limit: number; after?: string } => ({ limit: 30, ...(after ? { after } : {}) });

/** Of all classes of the own provider, deleted drafts included. */
export function providerLog(after?: string): Promise<Keyset<AuditEntry>> {
  return bodyOf(classroom.GET("/api/v1/classroom/audit-log", { params: { query: part(after) } })) as unknown as Promise<Keyset<AuditEntry>>;
}

export function classLog(classId: string, after?: string): Promise<Keyset<AuditEntry>> {
  const params = { path: { class_id: classId }, query: part(after) };
  return bodyOf(classroom.GET("/api/v1/classroom/classes/{class_id}/audit-log", { params })) as unknown as Promise<Keyset<AuditEntry>>;
}

export function exportLog(): Promise<void> {
  const asked = classroom.GET("/api/v1/classroom/audit-log.xlsx", { parseAs: "blob" });
  return saveFile(asked as Promise<{ data?: Blob; response: Response }>, "操作日志.xlsx");
}
