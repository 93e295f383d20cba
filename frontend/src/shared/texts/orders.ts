/** Words of orders and settlements, for those who pay them and those who are paid. */

export const ORDER_KINDS: Record<string, string> = { class: "班级结业订单", live: "直播订单", add_on: "自建课程/自建门户订单" };
export const LINE_KINDS: Record<string, string> = { class: "班级结业费用", waiver: "免费开班", refund: "退费" };
export const METHODS: Record<string, string> = { bank: "银行转账", prepaid: "预存费用" };
export const CLASS_TYPES: Record<string, string> = {
  vocational_skill: "职业技能培训班级",
  apprenticeship: "新型学徒制培训班级",
  online_live: "线上直播培训班级",
  on_site: "集中定点培训班级",
};
