/** Texts of the player. */

/** Reasons after which playing on would count for nothing: it stops and says so (X12). */
export const STOPPING = new Set(["closed", "outside_days", "outside_window", "limit_reached", "not_open_yet"]);

export const STOPS = {
  superseded: { title: "已在另一页面或设备上学习", text: "同一时间只能在一处学习，本页面不再计时。如要在这里学习，请点“在此继续学习”，另一处会停止计时。", act: "在此继续学习" },
  pass_offline: { title: "网络已断开，暂停计时", text: "已学的部分保存在本机，网络恢复后自动提交并继续学习，请保持页面打开。", act: "" },
  media: { title: "内容没有加载出来", text: "可能是网络不稳定。网络恢复后会自动重试，也可以现在重试。", act: "重试" },
  duties: { title: "需要先完成监管要求", text: "完成实名认证、签到等要求后才能学习。", act: "去完成" },
  refused: { title: "现在不能学习", text: "", act: "重试" },
  not_counting: { title: "现在不计学时", text: "", act: "" },
} as const;

/** Of a document that was opened and not yet read for its whole time. */
export const UNREAD = (left: string): string => `文档已打开，还需阅读 ${left} 才能计满学时；也可以先学下一课时，以后再回来读。`;

export const HELP = {
  player: {
    title: "学习课时",
    parts: [
      { heading: "怎么计时", steps: ["视频按正常速度播放，只计算实际看过的部分；可以拖动，跳过的部分不计入。", "文档在页面打开并可见时计时；打开即算学过，读满阅读时间才计满学时。", "切到其他页面、应用或锁屏时，视频和文档都会暂停，回来后继续。", "下方进度条的绿色部分是已计入的内容，点“到未学部分”可跳过去。"] },
      { heading: "没有计入怎么办", text: "页面会说明原因并回到没有计入的位置，继续学习即可。断网时已学的部分保存在本机，恢复后自动提交。" },
      { heading: "提示已在另一设备学习", text: "同一时间只能在一处学习。在要使用的设备上点“在此继续学习”。" },
    ],
  },
};
