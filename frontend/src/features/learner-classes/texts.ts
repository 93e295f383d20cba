/** Texts of the learner's class pages. */

export const ITEM_KINDS: Record<string, string> = { video: "视频", document: "文档", exercise: "课后练习", mock_exam: "模考" };

export const CLASS_TYPES: Record<string, string> = {
  vocational_skill: "职业技能培训",
  apprenticeship: "新型学徒制",
  online_live: "线上直播",
  on_site: "集中定点",
};

export const DOCUMENT_NOTE = "文档课是否计算学时，由各地根据政策自行确定。";
export const EXAM_NOTE = "在允许作答次数内可反复考试，取最高分";

export const NOTICE = {
  title: "学员须知",
  parts: [
    { heading: "一、账号与身份", text: "请使用本人手机号登录，用本人姓名、证件号码和班级密码加入班级。学习和考试应由本人完成，请勿将账号交给他人使用。" },
    { heading: "二、签到与拍照", text: "班级要求实名认证、签到或学习过程拍照的，请在光线充足处正对镜头完成。照片只用于核验学习的真实性，由培训单位按规定保存和删除。" },
    { heading: "三、学习时长", text: "学习记录反映真实学习过程：视频按正常速度播放，只计算实际观看过的部分；文档按页面打开阅读的时间计算。同一时间只能在一个设备上学习一项内容。" },
    { heading: "四、学完的标准", text: "看完全部视频、打开全部文档、提交全部课后练习和模考，即为全部学完。线上考试单独计分。" },
    { heading: "五、线上考试", text: "请在开放时间内参加考试。网络中断或误关闭窗口后，可以重新进入继续作答，剩余时间以服务器时间为准。" },
    { heading: "六、遇到问题", text: "请先打开“设备检测”按提示处理；仍不能解决的，请联系班主任或助教。" },
  ],
};

/** Why an item cannot be opened (C5). */
export function lockedText(previous: string | undefined): string {
  return previous ? `请先学完上一课时“${previous}”` : "请先学完上一课时";
}

export const HELP = {
  "my-classes": {
    title: "我的班级",
    parts: [
      { heading: "第一次学习", steps: ["向班主任索取六位班级密码。", "点“加入班级”，填写报名时的姓名和证件号码，以及班级密码。", "进入班级，按提示完成实名认证和签到。", "从第一个课时开始学习。"] },
      { heading: "找不到班级", text: "每个账号只显示已加入的班级。请确认右上角登录的是本人账号。" },
    ],
  },
  "my-class": {
    title: "班级详情",
    parts: [
      { heading: "学习顺序", text: "按顺序学习的班级，学完上一课时后下一课时才会开放；灰色的课时会说明原因。" },
      { heading: "为什么没有计时", text: "不在学习日期或时间段内、已达到当天学习上限、未完成签到，都会在页面上方说明。" },
      { heading: "线上考试", text: "在“线上考试”栏查看时间范围、作答次数和考试时长，从这里进入考试。在允许作答次数内可反复考试，取最高分。" },
    ],
  },
};
