/** One's own account. */
import type { components } from "@/shared/api/generated/identity";
import { identity, versionOf, type Versioned } from "@/shared/api/clients";

export type OwnAccount = components["schemas"]["OwnAccount"];

export function readMe(): Promise<Versioned<OwnAccount>> {
  return versionOf(identity.GET("/api/v1/identity/me"));
}

export async function changeName(etag: string, name: string): Promise<void> {
  await identity.PUT("/api/v1/identity/me", { params: { header: { "If-Match": etag } }, body: { name } });
}

/** All other sessions of the account end. */
export async function changePassword(current: string, wanted: string): Promise<void> {
  await identity.PUT("/api/v1/identity/me/password", { body: { current_password: current, code: null, new_password: wanted } });
}
