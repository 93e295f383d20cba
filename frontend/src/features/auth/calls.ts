/** Signing in. */
import { bodyOf, identity } from "@/shared/api/clients";

export function signInByPassword(login: string, password: string): Promise<unknown> {
  return bodyOf(identity.POST("/api/v1/identity/session", { body: { login, password } as never }));
}

export function signInByCode(mobile: string, code: string): Promise<unknown> {
  return bodyOf(identity.POST("/api/v1/identity/session", { body: { mobile, code } as never }));
}

/** Returns the seconds until another code may be asked for. */
export async function askForCode(mobile: string): Promise<number> {
  const said = (await bodyOf(identity.POST("/api/v1/identity/sms-codes", { body: { mobile } as never }))) as { next_after?: number } | undefined;
  return said?.next_after ?? 60;
}
