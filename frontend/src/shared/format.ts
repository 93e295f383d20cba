/** How figures are shown: days, moments, durations, money. Empty figures are `--`. */

const ZONE = "Asia/Shanghai";
export const EMPTY = "--";

const momentParts = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function parts(moment: string | Date): Record<string, string> {
  return Object.fromEntries(momentParts.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
}

/** 2022-08-16 13:54:00, in Shanghai. */
export function momentText(moment: string | Date | null | undefined, seconds = true): string {
  if (!moment) return EMPTY;
  const p = parts(moment);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}${seconds ? `:${p.second}` : ""}`;
}

/** The Shanghai day of a moment, 2022-08-16. */
export function dayOf(moment: string | Date): string {
  const p = parts(moment);
  return `${p.year}-${p.month}-${p.day}`;
}

/** 2022-08-16 ~ 2022-08-17. */
export function daysText(start: string | null | undefined, end: string | null | undefined): string {
  return start && end ? `${start} ~ ${end}` : EMPTY;
}

/** 3246 → 00:54:06. */
export function durationText(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return EMPTY;
  const pad = (n: number): string => String(n).padStart(2, "0");
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(Math.floor(seconds) % 60)}`;
}

/** "750.00" → ¥750.00. */
export function moneyText(amount: string | null | undefined): string {
  return amount === null || amount === undefined || amount === "" ? EMPTY : `¥${amount}`;
}

export function orEmpty(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === "" ? EMPTY : String(value);
}

/** 北京市-朝阳区: without the repetition of a municipality's name. */
export function regionText(region: { province: string; city: string; district: string } | null | undefined): string {
  if (!region) return EMPTY;
  return [...new Set([region.province, region.city, region.district])].filter(Boolean).join("-");
}

/** Somebody's words without their last full stop, to go on in a sentence of ours. */
export function unstopped(text: string): string {
  return text.trim().replace(/[。.！!；;]+$/, "");
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

/** 已等待 3 天 4 小时; 已等待不足 1 分钟. */
export function waitedText(since: string | null, now: Date = new Date()): string {
  const long = howLong(since, now);
  return `已等待${/^\d/.test(long) ? " " : ""}${long}`;
}
