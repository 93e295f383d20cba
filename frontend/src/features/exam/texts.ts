/** Texts of the exam. */
export const QUESTION_KINDS: Record<string, string> = { single_choice: "单选题", multiple_choice: "多选题", true_false: "判断题" };
export const TRUE_FALSE: Record<string, string> = { T: "正确", F: "错误" };
export const ENDED_BY: Record<string, string> = { learner: "本人交卷", deadline: "时间到自动交卷", closing: "班级结业时自动交卷" };

export const HELP = {
  exam: {
    title: "线上考试",
    parts: [
      { heading: "考试前", steps: ["确认页面上的账号是本人。", "查看时间范围、作答次数和每次作答时长。", "到“设备检测”检查网络。"] },
      { heading: "成绩", text: "在允许作答次数内可反复考试，取最高分。历次作答在本页下方查看。正确答案和解析在考试时间结束后显示，班级另有设置的除外。" },
    ],
  },
  attempt: {
    title: "作答",
    parts: [
      { heading: "作答", steps: ["每题选择后立即保存，不需要另外点保存。", "用“上一题”“下一题”翻页，或打开“选题”直接跳到某一题。", "拿不准的题可以“标记”，交卷前再看。"] },
      { heading: "断网或误关窗口", text: "答案先保存在本机，网络恢复后自动提交。重新进入考试即可接着作答，换一台设备也可以；剩余时间以服务器时间为准。同一题在两台设备上作答时，以较新的答案为准，页面会提示。" },
      { heading: "时间到", text: "时间到后自动交卷，已保存的答案有效。" },
    ],
  },
};
