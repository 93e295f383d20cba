/** What the service found wrong with a roster. */
import type { FieldProblem, ProblemError } from "@/shared/api/problem";

export interface RowWord {
  row: number | null;
  column: string;
  value: string;
  message: string;
}

export interface WrongRoster {
  detail: string;
  nextStep: string;
  rows: RowWord[];
  /** What concerns the file as a whole, such as too few places. */
  whole: string[];
  warnings: RowWord[];
  /** The user's own file with the errors marked in it; ends after half an hour. */
  markedFile: string | null;
  requestId: string | null;
}

export function wrongRosterOf({ problem }: ProblemError): WrongRoster {
  const errors = problem.errors ?? [];
  const placed = errors.filter((each) => each.row !== undefined && each.row !== null);
  const marked = problem.marked_file;
  return {
    detail: problem.detail || problem.title,
    nextStep: problem.next_step,
    rows: placed.map(wordOf),
    whole: errors.filter((each) => !placed.includes(each)).map((each) => each.message),
    warnings: ((problem.warnings as FieldProblem[] | undefined) ?? []).map(wordOf),
    markedFile: typeof marked === "string" ? marked : null,
    requestId: problem.request_id ?? null,
  };
}

export function wordOf(each: { row?: number | null; column?: string | null; value?: unknown; message: string }): RowWord {
  const value = each.value === undefined || each.value === null || each.value === "" ? "（空）" : String(each.value);
  return { row: each.row ?? null, column: each.column ?? "", value, message: each.message };
}
