/** What is said of what waits on the device. */
import type { LaneState } from "./queue";

const HINDRANCES = {
  network: ["网络已断开", "恢复后自动提交"],
  service: ["服务暂时没有回应", "恢复后自动提交"],
  signed_out: ["登录已失效", "重新登录后自动提交"],
  other_account: ["此浏览器已登录其他账号", "您重新登录后自动提交"],
} as const;

/** Why it waits, that it is kept, and when it goes; `what` with its counter, such as "3 条学习记录". */
export function waitingText(queue: LaneState, what: string): string {
  const [why, when] = HINDRANCES[queue.why];
  return `${why}，${what}已保存在本机，${when}`;
}
