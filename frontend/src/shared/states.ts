/** The state of a thing is one coloured word, the same on every page. */

export type Tone = "quiet" | "wait" | "good" | "done" | "bad";

interface Look {
  label: string;
  tone: Tone;
}

export const CLASS_STATES: Record<string, Look> = {
  draft: { label: "未开班", tone: "quiet" },
  opening_review: { label: "开班审核中", tone: "wait" },
  open: { label: "已开班", tone: "good" },
  graduation_review: { label: "结业审核中", tone: "wait" },
  graduated: { label: "已结业", tone: "done" },
};

export const ORDER_STATES: Record<string, Look> = {
  unsettled: { label: "未结算", tone: "quiet" },
  settlement_submitted: { label: "结算审核中", tone: "wait" },
  settled: { label: "已结算", tone: "good" },
  overdue: { label: "已逾期", tone: "bad" },
};

export const SETTLEMENT_STATES: Record<string, Look> = {
  submitted: { label: "待确认", tone: "wait" },
  confirmed: { label: "已确认", tone: "good" },
  rejected: { label: "已退回", tone: "bad" },
};

export const APPLICATION_STATES: Record<string, Look> = {
  prepared: { label: "待提交", tone: "quiet" },
  counting: { label: "统计人数中", tone: "wait" },
  billing: { label: "核算费用中", tone: "wait" },
  first_review: { label: "待一审", tone: "wait" },
  second_review: { label: "待二审", tone: "wait" },
  approved: { label: "审核通过", tone: "good" },
  rejected: { label: "审核不通过", tone: "bad" },
  withdrawn: { label: "已撤回", tone: "quiet" },
  replaced: { label: "已重新申请", tone: "quiet" },
};

export const LEARNER_STATES: Record<string, Look> = {
  finished: { label: "已全部学完", tone: "good" },
  unfinished: { label: "未全部学完", tone: "quiet" },
};

export const AGREEMENT_STATES: Record<string, Look> = {
  in_force: { label: "生效中", tone: "good" },
  coming: { label: "未生效", tone: "wait" },
  replaced: { label: "已失效", tone: "quiet" },
};

/** Providers, dealers and accounts. */
export const ACTIVE_STATES: Record<string, Look> = {
  on: { label: "启用", tone: "good" },
  off: { label: "已停用", tone: "quiet" },
};

export const PROGRAM_STATES: Record<string, Look> = {
  good: { label: "使用中", tone: "good" },
  revoked: { label: "已撤销", tone: "quiet" },
};

/** Course packages; their state follows from the published version, see features/packages. */
export const PACKAGE_STATES: Record<string, Look> = {
  unpublished: { label: "未发布", tone: "quiet" },
  changed: { label: "有未发布的修改", tone: "wait" },
  published: { label: "已发布", tone: "good" },
};

export const AUDITED: Record<string, string> = { no: "否", in_review: "审核中", yes: "是" };

export const REGISTRIES = {
  class: CLASS_STATES,
  order: ORDER_STATES,
  settlement: SETTLEMENT_STATES,
  application: APPLICATION_STATES,
  learner: LEARNER_STATES,
  package: PACKAGE_STATES,
  agreement: AGREEMENT_STATES,
  active: ACTIVE_STATES,
  program: PROGRAM_STATES,
} as const;

export type Kind = keyof typeof REGISTRIES;

export function lookOf(kind: Kind, state: string): Look {
  return REGISTRIES[kind][state] ?? { label: state, tone: "quiet" };
}
