/** Words of the reviews. */
import type { HelpText } from "@/shared/texts/help";

/** States that the queue can be narrowed to; one that was never submitted is not in it. */
export const QUEUE_STATES = ["first_review", "second_review", "approved", "rejected", "withdrawn"] as const;

/** Why there is nothing to decide now. */
export const NOTHING_DUE = {
  counting: "系统正在统计结业人数、核算费用，完成后进入一审。本页会自动更新。",
  ended: "本申请的审核已经结束，审核记录见下方审核日志。",
} as const;

export const HEADCOUNT_REFUSALS: Record<string, string> = {
  draft: "班级未开班，由培训单位自行在班级设置中修改。",
  opening_review: "开班审核期间班级设置已锁定，开班后可以修改。",
  graduation_review: "结业审核期间班级设置已锁定。",
  graduated: "班级已结业，不能再修改。",
};

/** While the roster is locked nobody's identity is corrected (K9). */
export const IDENTITY_REFUSALS: Record<string, string> = {
  draft: "班级未开班，由培训单位自行修改名单。",
  opening_review: "开班审核期间名单已锁定，开班后可以更正。",
  graduation_review: "结业审核期间名单已锁定，审核不通过或申请撤回后可以更正。",
  graduated: "班级已结业，学员身份不能再更正。",
};

export const HELP: Record<string, HelpText> = {
  identities: {
    title: "更正学员身份",
    parts: [
      { heading: "什么时候用", text: "开班后至结业前，学员已加入班级而姓名、证件或性别录错时，培训单位不能自行修改，须由商务专员更正。" },
      { heading: "怎么更正", steps: ["请培训单位提供学员证件，核对无误。", "用姓名或完整证件号码找到学员，点“更正”。", "修改有误的内容；证件号码不改的留空。写明原因后保存。"] },
      { heading: "留下什么记录", text: "班级操作日志记录更正人、时间、原因和改了哪几项，不记录号码。学员下次打开班级时即按更正后的姓名显示。" },
    ],
  },
  applications: {
    title: "审核",
    parts: [
      { heading: "审核流程", text: "开班和结业都经过两级审核：一审由经销商的商务专员处理，二审由平台审核员处理。任何人不能审核自己提交的申请，也不能同时做同一申请的一审和二审。" },
      { heading: "怎么找到要处理的申请", steps: ["“待我审核”列出轮到您处理的申请，等待最久的排在最前。", "切换到“全部”可以查看已处理和他人处理中的申请。", "可按审核类型、进度、培训单位和班级名称筛选。"] },
    ],
  },
  application: {
    title: "审核申请",
    parts: [
      { heading: "开班审核", steps: ["核对预计培训人数、人头费与预计总金额。", "如申请免费开班，请核对原因：通过即表示同意免收费用。", "二审通过后班级开班，并生成班级密码。"] },
      { heading: "结业审核", steps: ["核对加入人数、学完人数与计费学员：学完人数不足加入人数的 90% 时，按加入人数的 90% 计费。", "如申请退费，由二审核定金额，不超过申请的金额。", "二审通过后班级结业，并生成订单。"] },
      { heading: "审核不通过", text: "必须填写原因，培训单位会看到。开班申请退回后班级回到未开班，结业申请退回后班级恢复学习。" },
      { heading: "更正学员身份", text: "学员加入班级后，姓名、证件和性别录错的，由商务专员在本页“学员身份”中核对证件后更正，并写明原因。" },
      { heading: "修改预计培训人数", text: "班级开班后，只有商务专员可以修改预计培训人数；不能少于已报名人数，最多 500 人。" },
    ],
  },
};
