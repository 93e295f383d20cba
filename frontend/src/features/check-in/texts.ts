/** Texts of real-name verification and check-in. */
import type { Trouble } from "./camera";

export const CONSENT = {
  title: "人脸照片采集说明",
  parts: [
    "为核验学习的真实性，本班级需要采集您的人脸照片，用于实名认证、签到和考试核验。",
    "照片属于敏感个人信息，只供本班级的培训单位教师核验使用；查看会留下记录，链接会过期，到期后按班级规定删除。",
    "您可以不同意。不同意时不能完成需要拍照的环节，请联系班主任了解其他办法。同意后也可以随时在实名认证页面撤回，撤回后不再采集新的照片。",
  ],
  agree: "我已阅读并单独同意采集我的人脸照片",
};

/** What the verifier looks at, by its name. */
export const VERIFIED_BY: Record<string, string> = { roster_match: "姓名和证件号码与报名信息一致，并留存本人照片（未作人脸比对）" };

export const SLOTS: Record<string, string> = { day: "当天签到", morning: "上午签到（12:00 前）", afternoon: "下午签到（12:00 起）" };

/** What is going on after a picture was confirmed. */
export const DOING = { uploading: "正在上传照片…", recording: "正在签到…", verifying: "正在认证…" };

export const TAKES_LONG = "用时较长，请不要关闭本页，也不用重新拍照。";

export const UPLOADED_BUT_OFFLINE = "网络连接中断，照片已上传。请检查网络后再点“确认签到”，不用重新拍照。";

/** What is wrong with the camera, and how to mend it. */
export const CAMERA_TROUBLES: Record<Trouble, { what: string; mend: string }> = {
  denied: { what: "没有摄像头权限", mend: "请点击地址栏左侧的图标，将“摄像头”改为“允许”，并在系统设置里允许浏览器使用摄像头，然后点“重新打开摄像头”；在微信等应用内打开时，请改用系统浏览器。" },
  missing: { what: "没有找到摄像头", mend: "请确认摄像头已连接；没有摄像头的电脑，请改用手机登录，或直接上传刚拍的照片。" },
  busy: { what: "摄像头正被其他程序占用", mend: "请关闭正在使用摄像头的会议、聊天等程序，然后点“重新打开摄像头”。" },
  unsuitable: { what: "摄像头不支持所需的画面", mend: "请换用前置摄像头或另一台设备，或直接上传刚拍的照片。" },
  aborted: { what: "摄像头打开到一半被中断", mend: "请点“重新打开摄像头”；仍不成功时请重新插拔摄像头或重启设备。" },
  silent: { what: "摄像头一直没有响应", mend: "浏览器如果正在询问，请选择“允许”，然后点“重新打开摄像头”；没有看到询问时，请刷新页面、关闭占用摄像头的程序，或换一台设备，也可以直接上传刚拍的照片。" },
  no_picture: { what: "摄像头已打开，但没有画面", mend: "请检查镜头盖、隐私开关和连接线，关闭占用摄像头的程序，然后点“重新打开摄像头”；也可以换一台设备或直接上传刚拍的照片。" },
  play_refused: { what: "浏览器没有自动显示画面", mend: "摄像头已经打开，请点“显示画面”。" },
  lost: { what: "摄像头已断开", mend: "请重新连接摄像头，或关闭占用它的程序，然后点“重新打开摄像头”。" },
  insecure: { what: "当前网址不能使用摄像头", mend: "浏览器只允许 https 网址使用摄像头。请从学习平台的正式网址打开，或直接上传刚拍的照片。" },
  unsupported: { what: "当前浏览器不能使用摄像头", mend: "浏览器版本较旧，或是在微信等应用内打开的。请点右上角“在浏览器打开”，或改用最新版的 Chrome、Edge、Safari，也可以直接上传刚拍的照片。" },
  other: { what: "摄像头没有打开", mend: "请刷新页面后重试，换一台设备，或直接上传刚拍的照片。" },
};

/** Before the browser has answered, and when that takes long. */
export const OPENING = "正在打开摄像头，请在浏览器询问时选择“允许”…";
export const OPENING_LONG = "摄像头还没有打开。请看看浏览器是否正在询问，并选择“允许”；不能使用摄像头时，可以直接上传刚拍的照片。";

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
