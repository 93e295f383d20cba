/** Texts of real-name verification and check-in. */

export const CONSENT = {
  title: "人脸照片采集说明",
  parts: [
    "为核验学习的真实性，本班级需要采集您的人脸照片，用于实名认证、签到和考试核验。",
    "照片属于敏感个人信息，只供本班级的培训单位教师核验使用；查看会留下记录，链接会过期，到期后按班级规定删除。",
    "您可以不同意。不同意时不能完成需要拍照的环节，请联系班主任了解其他办法。同意后也可以随时在实名认证页面撤回，撤回后不再采集新的照片。",
  ],
  agree: "我已阅读并单独同意采集我的人脸照片",
};

export const SLOTS: Record<string, string> = { day: "当天签到", morning: "上午签到（12:00 前）", afternoon: "下午签到（12:00 起）" };

/** What is going on after a picture was confirmed. */
export const DOING = { uploading: "正在上传照片…", recording: "正在签到…", verifying: "正在认证…" };

export const TAKES_LONG = "用时较长，请不要关闭本页，也不用重新拍照。";

export const UPLOADED_BUT_OFFLINE = "网络连接中断，照片已上传。请检查网络后再点“确认签到”，不用重新拍照。";

/** What is wrong with the camera, by the name of the browser's error, and how to mend it. */
export const CAMERA_TROUBLES: Record<string, { what: string; mend: string }> = {
  NotAllowedError: { what: "没有摄像头权限", mend: "请点击地址栏左侧的图标，将“摄像头”改为“允许”，然后点“重新打开摄像头”；在微信等应用内打开时，请改用系统浏览器。" },
  NotFoundError: { what: "没有找到摄像头", mend: "请确认摄像头已连接；没有摄像头的电脑，请改用手机登录。" },
  NotReadableError: { what: "摄像头正被其他程序占用", mend: "请关闭正在使用摄像头的会议、聊天等程序，然后点“重新打开摄像头”。" },
  OverconstrainedError: { what: "摄像头不支持所需的画面", mend: "请换用前置摄像头，或直接上传刚拍的照片。" },
  insecure: { what: "当前网址不能使用摄像头", mend: "浏览器只允许 https 网址使用摄像头。请从学习平台的正式网址打开，或直接上传刚拍的照片。" },
  other: { what: "摄像头没有打开", mend: "请刷新页面后重试，或直接上传刚拍的照片。" },
};

export const HELP = {
  "check-in": {
    title: "实名认证与签到",
    parts: [
      { heading: "怎么拍照", steps: ["在光线充足处正对镜头，画面中只有本人。", "点“拍照”，看清楚后点“确认签到”（实名认证时点“提交认证”），照片这时才上传。", "不清楚就点“重拍”。"] },
      { heading: "摄像头打不开", text: "请允许浏览器使用摄像头，并关闭占用摄像头的其他程序；也可以点“拍照上传”用手机相机拍一张。" },
      { heading: "什么时候签到", text: "每天一次的班级，当天首次学习时签到；每天两次的班级，12:00 前一次，12:00 起一次。重复签到不会有影响。" },
      { heading: "签到时网络断了", text: "照片不会丢：网络恢复后再点“确认签到”，已上传的照片不会再传一次。隔得太久照片会过期，按提示重拍即可。" },
    ],
  },
};
