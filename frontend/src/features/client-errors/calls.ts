/** Telling the platform that a page went wrong (K31). */
import { bodyOf, identity } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/identity";

export type ClientError = components["schemas"]["ClientErrorReport"];

export async function tell(error: ClientError): Promise<void> {
  await bodyOf(identity.POST("/api/v1/identity/client-errors", { body: error, keepalive: true }));
}
