/** Words of the class console. */
export const DOCUMENT_TYPES: { value: string; label: string; hint: string }[] = [
  { value: "resident_id", label: "居民身份证", hint: "18 位号码，最后一位可以是 X" },
  { value: "passport", label: "护照", hint: "护照首页上的号码" },
  { value: "hk_macau_permit", label: "港澳居民来往内地通行证", hint: "H 或 M 开头，后接 8 或 10 位数字" },
  { value: "taiwan_permit", label: "台湾居民来往大陆通行证", hint: "8 或 10 位数字" },
  { value: "foreign_permanent_residence", label: "外国人永久居留身份证", hint: "3 位字母加 12 位数字，或 9 开头的 18 位数字" },
  { value: "hmt_residence_permit", label: "港澳台居民居住证", hint: "81、82 或 83 开头的 18 位号码" },
];

export const SEXES: { value: string; label: string }[] = [
  { value: "male", label: "男" },
  { value: "female", label: "女" },
];

export const ITEM_KINDS: Record<string, string> = { video: "视频", document: "文档", exercise: "课后练习", mock_exam: "模考" };

export const CHECK_IN_WAYS: Record<string, string> = { off: "不启用", once: "每日一次", twice: "每日两次" };

export const SLOTS: Record<string, string> = { day: "当日", morning: "上午", afternoon: "下午" };

export const LONGEST_ANNOUNCEMENT = 140;

export const SUPERVISION_LABELS = { realName: "实名认证", checkIn: "每日签到", hours: "每天最长点播", windows: "点播时间段" };

export function sexText(sex: string): string {
  return SEXES.find((each) => each.value === sex)?.label ?? sex;
}

/** Characters as people count them, the way the service does (K22). */
export function lengthOf(text: string): number {
  return [...text].length;
}
