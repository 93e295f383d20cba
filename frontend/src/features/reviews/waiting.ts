/** Since when an application waits, and for how long. */
import { EMPTY } from "@/shared/format";
import type { ApplicationRow } from "./calls";

/** The second review waits since the first was decided. */
export function waitingSince(application: Pick<ApplicationRow, "state" | "submitted_at" | "decisions">): string | null {
  const first = application.decisions.find(({ stage }) => stage === "first");
  return application.state === "second_review" && first ? first.decided_at : application.submitted_at;
}

export function isWaiting(state: string): boolean {
  return state === "first_review" || state === "second_review";
}

/** 3 天 4 小时; 4 小时; 12 分钟; 不足 1 分钟. */
export function howLong(since: string | null, now: Date = new Date()): string {
  if (!since) return EMPTY;
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(since).getTime()) / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`;
  if (hours > 0) return `${hours} 小时`;
  return minutes > 0 ? `${minutes} 分钟` : "不足 1 分钟";
}

