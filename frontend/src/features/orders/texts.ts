/** Words of the orders' pages. */
export const EMPTY_LISTS: Record<string, { title: string; text: string }> = {
  class: { title: "还没有班级结业订单", text: "班级结业审核通过后，系统按计费学员自动生成订单。" },
  live: { title: "还没有直播订单", text: "直播费用每晚 24 点自动结算，从充值的直播时长中扣除。" },
  add_on: { title: "还没有自建课程/自建门户订单", text: "按年订购自建课程、自建门户后，订单显示在这里。" },
};

export const VOUCHER_FORMATS = ["jpg", "jpeg", "png", "jfif"];
export const VOUCHER_NOTE = "格式支持：JPG、PNG、JPEG、JFIF，大小不超过 5M";
export const LARGEST_VOUCHER = 5 * 1024 * 1024;
