/** Price agreements (B1). */
import { billing, bodyOf } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/billing";
import type { Told } from "@/shared/api/told";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type Agreement = Told<Schemas["AgreementOut"]>;
export type NewAgreement = Told<Schemas["NewAgreement"]>;

export function findAgreements(query: { provider_id?: string; page?: number; page_size?: number }): Promise<Page<Agreement>> {
  return bodyOf(billing.GET("/api/v1/billing/price-agreements", { params: { query } })) as Promise<Page<Agreement>>;
}

export function writeAgreement(body: NewAgreement, key: string): Promise<Agreement> {
  return bodyOf(billing.POST("/api/v1/billing/price-agreements", { params: { header: { "Idempotency-Key": key } }, body })) as Promise<Agreement>;
}
