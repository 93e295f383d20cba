/** Accounts and their roles. */
import { bodyOf, identity, versionOf, type Versioned } from "@/shared/api/clients";
import type { components, operations } from "@/shared/api/generated/identity";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type AccountRow = Schemas["AccountRow"];
export type AccountChange = Schemas["AccountChange"];
export type NewAccount = Schemas["NewAccount"];
export type Role = Schemas["AccountChange"]["roles"][number];
export type AccountQuery = NonNullable<operations["list_accounts"]["parameters"]["query"]>;

export function findAccounts(query: AccountQuery): Promise<Page<AccountRow>> {
  return bodyOf(identity.GET("/api/v1/identity/accounts", { params: { query } })) as Promise<Page<AccountRow>>;
}

export function getAccount(id: string): Promise<Versioned<Account>> {
  return versionOf(identity.GET("/api/v1/identity/accounts/{account_id}", { params: { path: { account_id: id } } })) as Promise<Versioned<Account>>;
}

export function createAccount(body: NewAccount, key: string): Promise<Account> {
  return bodyOf(identity.POST("/api/v1/identity/accounts", { params: { header: { "Idempotency-Key": key } }, body })) as Promise<Account>;
}

export function changeAccount(id: string, etag: string, body: AccountChange): Promise<Versioned<Account>> {
  const params = { path: { account_id: id }, header: { "If-Match": etag } };
  return versionOf(identity.PUT("/api/v1/identity/accounts/{account_id}", { params, body })) as Promise<Versioned<Account>>;
}

export function switchAccount(id: string, etag: string, active: boolean): Promise<Versioned<Account>> {
  const params = { path: { account_id: id }, header: { "If-Match": etag } };
  return versionOf(identity.PUT("/api/v1/identity/accounts/{account_id}/activity", { params, body: { active } })) as Promise<Versioned<Account>>;
}

export function setPassword(id: string, password: string): Promise<unknown> {
  return bodyOf(identity.PUT("/api/v1/identity/accounts/{account_id}/password", { params: { path: { account_id: id } }, body: { password } }));
}
