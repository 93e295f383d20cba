/** Joining a class (K15). */
import { bodyOf, classroom } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/classroom";

export interface Identity {
  name: string;
  document_number: string;
  class_password: string;
}

export async function join(body: Identity, key: string): Promise<components["schemas"]["Joined"]> {
  const params = { header: { "Idempotency-Key": key } };
  return await bodyOf(classroom.POST("/api/v1/classroom/joins", { params, body }));
}
