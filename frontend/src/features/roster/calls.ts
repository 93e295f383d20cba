/** 导入学员名单. */
import type { components } from "@/shared/api/generated/classroom";
import { bodyOf, classroom, multipart } from "@/shared/api/clients";
import { saveFile } from "@/shared/download";

export type ImportResult = components["schemas"]["ImportResult"];
export type RosterWarning = components["schemas"]["Warning"];

/** The template, saved as a file. */
export function saveTemplate(): Promise<void> {
  const asked = classroom.GET("/api/v1/classroom/roster-template", { parseAs: "blob" });
  return saveFile(asked as Promise<{ data?: Blob; response: Response }>, "学员名单模板.xlsx");
}

/** All or nothing. A dry run says what would become of the file and changes nothing (X9). */
export function importRoster(classId: string, file: Blob, name: string, options: { dryRun: boolean; key: string }): Promise<ImportResult> {
  return bodyOf(
    classroom.POST("/api/v1/classroom/classes/{class_id}/roster-imports", {
      params: { path: { class_id: classId }, query: { dry_run: options.dryRun }, header: { "Idempotency-Key": options.key } },
      ...multipart({ file: [file, name] }),
    }),
  );
}
