/** Price agreements (B1). */
import { billing, bodyOf } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/billing";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type Agreement = Schemas["AgreementOut"];
export type NewAgreement = Schemas["NewAgreement"];

export function findAgreements(query: { provider_id?: string; page?: number; page_size?: number }): Promise<Page<Agreement>> {
  return bodyOf(billing.GET("/api/v1/billing/price-agreements", { params: { query } })) as Promise<Page<Agreement>>;
}

export function writeAgreement(body: NewAgreement, key: string): Promise<Agreement> {
  return bodyOf(billing.POST("/api/v1/billing/price-agreements", { params: { header: { "Idempotency-Key": key } }, body })) as Promise<Agreement>;
}
