/** Where an account begins, by its roles. */
import { has } from "./session";

export const PROVIDER_ROLES = ["provider_admin", "registrar", "class_teacher", "assistant", "business_manager"];
export const REVIEWER_ROLES = ["account_manager", "platform_reviewer"];

export function landing(): { name: string } {
  if (has(...PROVIDER_ROLES)) return { name: "home" };
  if (has(...REVIEWER_ROLES)) return { name: "applications" };
  if (has("dealer_finance")) return { name: "dealer-settlements" };
  if (has("platform_admin")) return { name: "providers" };
  return { name: "my-classes" };
}
