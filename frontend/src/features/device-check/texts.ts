/** Texts of the device check (K31). */
export type Verdict = "checking" | "good" | "poor" | "bad" | "unknown";

export const VERDICTS: Record<Verdict, string> = { checking: "检测中", good: "正常", poor: "需注意", bad: "异常", unknown: "未检测" };

export const HELP = {
  "device-check": {
    title: "设备检测",
    parts: [
      { heading: "什么时候检测", text: "第一次学习前、考试前，以及视频卡顿或摄像头打不开时，请先在这里检测，按每一项的提示处理后再重试。" },
      { heading: "不想允许摄像头", text: "不允许摄像头也能使用其余检测；需要签到或实名认证时，可以用手机相机拍照上传。" },
    ],
  },
};
