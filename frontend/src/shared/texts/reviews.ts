/** Words of the two reviews that every opening and graduation passes (K13). */

export const KINDS = { opening: "开班审核", graduation: "结业审核" } as const;
export const STAGES = { first: "一审", second: "二审" } as const;
export const DECISIONS = { approved: "审核通过", rejected: "审核不通过" } as const;
