/** What 首页 reads besides the classes. */
import { billing, bodyOf } from "@/shared/api/clients";
import { listClasses, readClass, type ClassRow, type TrainingClass } from "@/features/classes/calls";

export interface Overview {
  counts: Record<"draft" | "opening_review" | "open" | "graduation_review" | "graduated", number>;
  /** The newest drafts, with what each still lacks. */
  drafts: TrainingClass[];
  /** Open classes, the newest hundred. */
  open: ClassRow[];
}

export interface OrderCounts {
  unsettled: number;
  overdue: number;
}

const MOST_DRAFTS = 5;

export async function readOverview(): Promise<Overview> {
  const count = async (state: string): Promise<number> => (await listClasses({ state, page_size: 1 })).total;
  const [drafts, open, openingReview, graduationReview, graduated] = await Promise.all([
    listClasses({ state: "draft", page_size: MOST_DRAFTS }),
    listClasses({ state: "open", page_size: 100 }),
    count("opening_review"),
    count("graduation_review"),
    count("graduated"),
  ]);
  const details = await Promise.all(drafts.items.map((each) => readClass(each.id)));
  return {
    counts: { draft: drafts.total, opening_review: openingReview, open: open.total, graduation_review: graduationReview, graduated },
    drafts: details.map((each) => each.data),
    open: open.items,
  };
}

export async function countOrders(): Promise<OrderCounts> {
  const count = async (state: "unsettled" | "overdue"): Promise<number> =>
    (await bodyOf(billing.GET("/api/v1/billing/orders", { params: { query: { state, page_size: 1 } as never } }))).total;
  const [unsettled, overdue] = await Promise.all([count("unsettled"), count("overdue")]);
  return { unsettled, overdue };
}
