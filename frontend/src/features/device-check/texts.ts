/** Texts of the device check (K31). */
import type { Trouble } from "@/features/check-in/camera";

export type Verdict = "checking" | "good" | "poor" | "bad" | "unknown";

export const VERDICTS: Record<Verdict, string> = { checking: "检测中", good: "正常", poor: "需注意", bad: "异常", unknown: "未检测" };

export const ONLY_LIVE = "只有参加直播互动时才需要麦克风。";

/** What is wrong with the microphone, and how to mend it. */
export const MICROPHONE_TROUBLES: Partial<Record<Trouble, { what: string; mend: string }>> = {
  denied: { what: "没有麦克风权限", mend: "请点击地址栏左侧的图标，将“麦克风”改为“允许”。" },
  missing: { what: "没有找到麦克风", mend: "" },
  busy: { what: "麦克风正被其他程序占用", mend: "请关闭正在使用麦克风的会议、聊天等程序，然后重新检测。" },
  silent: { what: "麦克风一直没有响应", mend: "浏览器如果正在询问，请选择“允许”，然后重新检测。" },
  no_picture: { what: "麦克风已打开，但没有声音", mend: "请检查麦克风的静音开关，然后重新检测。" },
  insecure: { what: "当前网址不能使用麦克风", mend: "浏览器只允许 https 网址使用麦克风，请从学习平台的正式网址打开。" },
  unsupported: { what: "当前浏览器不能使用麦克风", mend: "请升级浏览器，或改用最新版的 Chrome、Edge、Safari。" },
  other: { what: "麦克风没有打开", mend: "请刷新页面后重新检测。" },
};

export const HELP = {
  "device-check": {
    title: "设备检测",
    parts: [
      { heading: "什么时候检测", text: "第一次学习前、考试前，以及视频卡顿或摄像头打不开时，请先在这里检测，按每一项的提示处理后再重试。" },
      { heading: "不想允许摄像头", text: "不允许摄像头也能使用其余检测；需要签到或实名认证时，可以用手机相机拍照上传。" },
    ],
  },
};
