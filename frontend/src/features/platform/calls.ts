/** Providers and dealers, and the programs of dealers. */
import { bodyOf, identity, versionOf, type Versioned } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/identity";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type Provider = Schemas["Provider"];
export type Dealer = Schemas["Dealer"];
export type NewProvider = Schemas["ProviderChange"];
export type NewDealer = Schemas["DealerChange"];
export type Program = Schemas["Client"];
export type ProgramWithSecret = Schemas["ClientWithSecret"];

interface Paged {
  page?: number;
  page_size?: number;
}

export function findProviders(query: Paged & { text?: string; active?: boolean; dealer_id?: string }): Promise<Page<Provider>> {
  return bodyOf(identity.GET("/api/v1/identity/providers", { params: { query } }));
}

export function getProvider(id: string): Promise<Versioned<Provider>> {
  return versionOf(identity.GET("/api/v1/identity/providers/{provider_id}", { params: { path: { provider_id: id } } }));
}

export function createProvider(body: NewProvider, key: string): Promise<Provider> {
  return bodyOf(identity.POST("/api/v1/identity/providers", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function changeProvider(id: string, etag: string, body: Schemas["ProviderEdit"]): Promise<Versioned<Provider>> {
  return versionOf(identity.PUT("/api/v1/identity/providers/{provider_id}", { params: { path: { provider_id: id }, header: { "If-Match": etag } }, body }));
}

export function findDealers(query: Paged & { text?: string; active?: boolean }): Promise<Page<Dealer>> {
  return bodyOf(identity.GET("/api/v1/identity/dealers", { params: { query } }));
}

export function getDealer(id: string): Promise<Versioned<Dealer>> {
  return versionOf(identity.GET("/api/v1/identity/dealers/{dealer_id}", { params: { path: { dealer_id: id } } }));
}

export function createDealer(body: NewDealer, key: string): Promise<Dealer> {
  return bodyOf(identity.POST("/api/v1/identity/dealers", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function changeDealer(id: string, etag: string, body: Schemas["DealerEdit"]): Promise<Versioned<Dealer>> {
  return versionOf(identity.PUT("/api/v1/identity/dealers/{dealer_id}", { params: { path: { dealer_id: id }, header: { "If-Match": etag } }, body }));
}

export async function listPrograms(dealerId: string): Promise<Program[]> {
  const found = await bodyOf(identity.GET("/api/v1/identity/dealers/{dealer_id}/clients", { params: { path: { dealer_id: dealerId } } }));
  return found.items as Program[];
}

export function createProgram(dealerId: string, name: string, key: string): Promise<ProgramWithSecret> {
  const params = { path: { dealer_id: dealerId }, header: { "Idempotency-Key": key } };
  return bodyOf(identity.POST("/api/v1/identity/dealers/{dealer_id}/clients", { params, body: { name } })) as Promise<ProgramWithSecret>;
}

export function revokeProgram(dealerId: string, programId: string): Promise<unknown> {
  return bodyOf(identity.DELETE("/api/v1/identity/dealers/{dealer_id}/clients/{client_id}", { params: { path: { dealer_id: dealerId, client_id: programId } } }));
}
