/** What can be settled, and how the form of a bank settlement is checked before it is sent (B7). */
import { readBankAccount } from "@/shared/typed";
import { LARGEST_VOUCHER, VOUCHER_FORMATS } from "./texts";

/** Why an order in this state can't be settled; empty when it can (B6). */
export function unpayable(state: string): string {
  if (state === "settlement_submitted") return "结算审核中，请等待经销商确认";
  return state === "settled" ? "订单已结算" : "";
}

/** Under which names these orders may be paid: the provider's present one, and the one that all of them were made under (B7). */
export function payersOf(present: string, orders: readonly { payer_account_name: string | null }[]): string[] {
  const old = orders[0]?.payer_account_name ?? null;
  const shared = old !== null && old !== present && orders.every((order) => order.payer_account_name === old);
  return shared ? [present, old] : [present];
}

export interface Payer {
  payer_account_number: string;
  payer_bank: string;
  note: string;
}

export function wrongOf(payer: Payer, voucher: boolean): Record<string, string> {
  const wrong: Record<string, string> = {};
  const number = readBankAccount(payer.payer_account_number);
  if (!number) wrong.payer_account_number = "请输入付款账号";
  else if (!/^\d{6,32}$/.test(number)) wrong.payer_account_number = "付款账号由数字组成，请核对";
  if (!payer.payer_bank.trim()) wrong.payer_bank = "请输入开户银行，写到支行";
  if (!voucher) wrong.voucher_id = "请上传汇款凭证";
  return wrong;
}

/** Why a file can't be a voucher; the service looks at its content, this at its name and size. */
export function wrongFile(file: File): string {
  const ending = file.name.split(".").pop()?.toLowerCase() ?? "";
  if (!VOUCHER_FORMATS.includes(ending)) return "只支持 JPG、PNG、JPEG、JFIF 格式的图片，请重新选择";
  if (file.size > LARGEST_VOUCHER) return `图片有 ${(file.size / 1024 / 1024).toFixed(1)}M，超过 5M，请压缩后重新选择`;
  return file.size === 0 ? "文件是空的，请重新选择" : "";
}

/** The most orders that one settlement takes. */
export const MOST_ORDERS = 100;

/**
 * The orders to be settled: those chosen in the list travel in the entry of the history, since an address is too short
 * for a hundred; a link to one order names it in its address.
 */
export function chosenOrders(entry: unknown, named: unknown): string[] {
  const chosen = (entry as { orders?: unknown } | null)?.orders;
  const ids = Array.isArray(chosen) ? chosen.map(String) : String(named ?? "").split(",");
  return [...new Set(ids.filter(Boolean))];
}
