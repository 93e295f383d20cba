/** The page that could not be opened: its program did not come (a new release, the network) or its session not be read. */
import { shallowRef } from "vue";
import { noticed } from "@/features/client-errors/watching";
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { online } from "@/shared/online";

export interface Missed {
  path: string;
  /** Its program did not come. */
  program: boolean;
  error: unknown;
}

export const missedPage = shallowRef<Missed | null>(null);

export function missed(error: unknown, path: string): void {
  const program = !(error instanceof ProblemError || error instanceof OfflineError);
  if (program && online.value) noticed("chunk", error);
  missedPage.value = { path, program, error };
}

/** Some page was opened after all. */
export function arrived(): void {
  missedPage.value = null;
}
