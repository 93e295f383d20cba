/** Where something that an opening lacks is set. */
import type { StepKey } from "./texts";

export function stepOf(field: string): StepKey {
  const part = field.split("/")[1] ?? "";
  if (part === "courses" || part === "supervision" || part === "roster") return part;
  return "basic";
}
