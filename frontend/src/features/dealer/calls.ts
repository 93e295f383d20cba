/** What the dealer's finance sees: settlements and the feed of its events; orders are read as their provider reads them (features/orders). */
import { billing, bodyOf } from "@/shared/api/clients";
import type { components, operations } from "@/shared/api/generated/billing";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type Settlement = Schemas["SettlementOut"];
export type SettlementRow = Schemas["SettlementBrief"];
export type SettlementQuery = NonNullable<operations["list_settlements"]["parameters"]["query"]>;
export type DealerEvent = Schemas["DealerEventOut"];

export const FEED_PATH = "/api/v1/billing/events";
export const TOKEN_PATH = "/api/v1/identity/tokens";

export function findSettlements(query: SettlementQuery): Promise<Page<SettlementRow>> {
  return bodyOf(billing.GET("/api/v1/billing/settlements", { params: { query } })) as Promise<Page<SettlementRow>>;
}

export function getSettlement(id: string): Promise<Settlement> {
  return bodyOf(billing.GET("/api/v1/billing/settlements/{settlement_id}", { params: { path: { settlement_id: id } } })) as Promise<Settlement>;
}

export function confirmSettlement(id: string, key: string): Promise<Settlement> {
  const params = { path: { settlement_id: id }, header: { "Idempotency-Key": key } };
  return bodyOf(billing.POST("/api/v1/billing/settlements/{settlement_id}/confirmation", { params })) as Promise<Settlement>;
}

export function rejectSettlement(id: string, reason: string, key: string): Promise<Settlement> {
  const params = { path: { settlement_id: id }, header: { "Idempotency-Key": key } };
  return bodyOf(billing.POST("/api/v1/billing/settlements/{settlement_id}/rejection", { params, body: { reason } })) as Promise<Settlement>;
}

export function readEvents(after: string | null, limit: number): Promise<{ items: DealerEvent[]; next: string }> {
  return bodyOf(billing.GET(FEED_PATH, { params: { query: { limit, ...(after ? { after } : {}) } } }));
}
