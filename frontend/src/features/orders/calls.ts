/** The provider's orders and their settlement. */
import type { components, operations } from "@/shared/api/generated/billing";
import { billing, bodyOf, keyless, multipart } from "@/shared/api/clients";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type OrderRow = Schemas["OrderBrief"];
export type Order = Omit<Schemas["OrderOut"], "training_class"> & { training_class: OrderedClass | null };
export type Settlement = Schemas["SettlementOut"];
export type Receiving = Schemas["ReceivingOut"];
export type Voucher = Schemas["VoucherOut"];
export type NewSettlement = Schemas["NewSettlement"];

interface OrderedClass {
  class_id: string;
  name: string;
  type: string;
  start_day: string | null;
  end_day: string | null;
  region: { province: string; city: string; district: string } | null;
}

export type OrderQuery = NonNullable<operations["list_orders"]["parameters"]["query"]>;

export function findOrders(query: OrderQuery): Promise<Page<OrderRow>> {
  return bodyOf(billing.GET("/api/v1/billing/orders", { params: { query } })) as Promise<Page<OrderRow>>;
}

export function readOrder(id: string): Promise<Order> {
  return bodyOf(billing.GET("/api/v1/billing/orders/{order_id}", { params: { path: { order_id: id } } })) as unknown as Promise<Order>;
}

/** Where to pay these orders of one dealer, from whose account, and how much exactly. */
export function readReceiving(orderIds: string[]): Promise<Receiving> {
  return bodyOf(billing.POST("/api/v1/billing/settlements/receiving-account", { ...keyless, body: { order_ids: orderIds } })) as Promise<Receiving>;
}

export function uploadVoucher(file: File, key: string): Promise<Voucher> {
  return bodyOf(billing.POST("/api/v1/billing/vouchers", { params: { header: { "Idempotency-Key": key } }, ...multipart({ file: [file, file.name] }) })) as Promise<Voucher>;
}

export async function submitSettlement(settlement: NewSettlement, key: string): Promise<void> {
  await billing.POST("/api/v1/billing/settlements", { params: { header: { "Idempotency-Key": key } }, body: settlement });
}
