/** A typed client per service. Only the `calls.ts` of the features use them. */
import createClient from "openapi-fetch";
import type { paths as Billing } from "./generated/billing";
import type { paths as Catalog } from "./generated/catalog";
import type { paths as Classroom } from "./generated/classroom";
import type { paths as Exam } from "./generated/exam";
import type { paths as Identity } from "./generated/identity";
import type { paths as Supervision } from "./generated/supervision";
import { send, sendKeyless } from "./send";

const options = { baseUrl: globalThis.location?.origin ?? "", fetch: send, credentials: "same-origin" as const };

export const identity = createClient<Identity>(options);
export const catalog = createClient<Catalog>(options);
export const classroom = createClient<Classroom>(options);
export const supervision = createClient<Supervision>(options);
export const exam = createClient<Exam>(options);
export const billing = createClient<Billing>(options);

/** Beside a POST's body: this one is harmless to repeat by itself, and takes no Idempotency-Key. */
export const keyless = { fetch: sendKeyless };

/** A version of a thing that can be edited, as its ETag named it. */
export interface Versioned<T> {
  data: T;
  etag: string;
}

interface Result<T> {
  data?: T;
  response: Response;
}

/** The body of an answer; errors have been raised by `send` already. */
export async function bodyOf<T>(call: Promise<Result<T>>): Promise<T> {
  return (await call).data as T;
}

/** The body with the ETag that an edit must name. */
export async function versionOf<T>(call: Promise<Result<T>>): Promise<Versioned<T>> {
  const { data, response } = await call;
  return { data: data as T, etag: response.headers.get("ETag") ?? "" };
}

/** For openapi-fetch: a multipart body made of named parts. */
export function multipart(parts: Record<string, string | Blob | [Blob, string]>): { body: never; bodySerializer: () => FormData } {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (Array.isArray(value)) form.append(name, value[0], value[1]);
    else form.append(name, value);
  }
  return { body: {} as never, bodySerializer: () => form };
}
