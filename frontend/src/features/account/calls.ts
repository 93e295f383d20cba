/** One's own account. */
import type { components } from "@/shared/api/generated/identity";
import { bodyOf, identity, versionOf, type Versioned } from "@/shared/api/clients";

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

/** A learner's way, also without a password or with a forgotten one: a code to the own number is the proof. */
export async function setPasswordByCode(code: string, wanted: string): Promise<void> {
  await identity.PUT("/api/v1/identity/me/password", { body: { current_password: null, code, new_password: wanted } });
}

/** Returns the seconds until another code may be asked for. */
export async function askForOwnCode(key: string): Promise<number> {
  const sent = await bodyOf(identity.POST("/api/v1/identity/me/sms-codes", { params: { header: { "Idempotency-Key": key } } }));
  return sent.next_after;
}
