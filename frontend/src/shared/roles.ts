/** The roles by their Chinese names. */
export const ROLE_LABELS: Record<string, string> = {
  provider_admin: "单位管理员",
  registrar: "线上教务",
  class_teacher: "班主任",
  assistant: "助教",
  business_manager: "商务管理",
  account_manager: "商务专员",
  dealer_finance: "经销商财务",
  platform_reviewer: "平台审核员",
  platform_admin: "平台管理员",
  learner: "学员",
};
