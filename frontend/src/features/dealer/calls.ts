/** What the dealer's finance sees: settlements, orders, and the feed of its events. */
import { billing, bodyOf } from "@/shared/api/clients";
import type { components, operations } from "@/shared/api/generated/billing";
import type { Plain } from "@/shared/api/plain";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type Settlement = Plain<Schemas["SettlementOut"]>;
export type SettlementRow = Plain<Schemas["SettlementBrief"]>;
export type Order = Plain<Schemas["OrderOut"]>;
export type OrderRow = Plain<Schemas["OrderBrief"]>;
export type OrderQuery = NonNullable<operations["list_orders"]["parameters"]["query"]>;
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

export function findOrders(query: OrderQuery): Promise<Page<OrderRow>> {
  return bodyOf(billing.GET("/api/v1/billing/orders", { params: { query } })) as Promise<Page<OrderRow>>;
}

export function getOrder(id: string): Promise<Order> {
  return bodyOf(billing.GET("/api/v1/billing/orders/{order_id}", { params: { path: { order_id: id } } })) as Promise<Order>;
}

export function readEvents(after: string | null, limit: number): Promise<{ items: DealerEvent[]; next: string }> {
  return bodyOf(billing.GET(FEED_PATH, { params: { query: { limit, ...(after ? { after } : {}) } } }));
}
