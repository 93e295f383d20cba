/** Whether an agreement is in force, still to come, or replaced. */
import { dayOf } from "@/shared/format";
import type { Agreement } from "./calls";

export function forceOf(agreement: Agreement): "in_force" | "coming" | "replaced" {
  if (agreement.in_force) return "in_force";
  return (agreement.valid_from ?? "") > dayOf(new Date()) ? "coming" : "replaced";
}
