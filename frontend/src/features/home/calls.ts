/** What 首页 reads. */
import type { components as BillingParts } from "@/shared/api/generated/billing";
import type { components as ClassroomParts } from "@/shared/api/generated/classroom";
import { billing, bodyOf, classroom } from "@/shared/api/clients";
import { listClasses, readClass, type ClassRow, type TrainingClass } from "@/features/classes/calls";

export type HomeFigures = ClassroomParts["schemas"]["Home"];
export type StudyDay = HomeFigures["days"][number];
export type OrderSummary = BillingParts["schemas"]["OrderSummaryOut"];
export type OrderMonth = OrderSummary["months"][number];

export interface Lists {
  /** The newest drafts, with what each still lacks. */
  drafts: TrainingClass[];
  /** Open classes, the newest hundred. */
  open: ClassRow[];
}

const MOST_DRAFTS = 5;

export function readFigures(): Promise<HomeFigures> {
  return bodyOf(classroom.GET("/api/v1/classroom/home")) as Promise<HomeFigures>;
}

export async function readLists(): Promise<Lists> {
  const [drafts, open] = await Promise.all([listClasses({ state: "draft", page_size: MOST_DRAFTS }), listClasses({ state: "open", page_size: 100 })]);
  const details = await Promise.all(drafts.items.map((each) => readClass(each.id)));
  return { drafts: details.map((each) => each.data), open: open.items };
}

export function readOrders(): Promise<OrderSummary> {
  return bodyOf(billing.GET("/api/v1/billing/orders/summary")) as Promise<OrderSummary>;
}
