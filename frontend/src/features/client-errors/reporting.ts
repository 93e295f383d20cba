/**
 * Which errors of the pages are told to the platform (K31): each once, few per minute, never what a service or the network
 * said, and nothing that could name a person.
 */
import { OfflineError, ProblemError } from "@/shared/api/problem";

export type Kind = "view" | "script" | "promise" | "chunk";

export interface Found {
  kind: Kind;
  message: string;
  stack: string;
}

const PER_MINUTE = 5;
const PER_PAGE = 30;
const LONGEST_MESSAGE = 300;
const LONGEST_STACK = 2000;
/** Browsers announce these, and nothing is wrong. */
const HARMLESS = /^(ResizeObserver loop|Script error\.?$)/;

/** What is said of an error; null when it is to be expected and no fault of the page. */
export function describe(kind: Kind, error: unknown): Found | null {
  if (error instanceof ProblemError || error instanceof OfflineError) return null;
  if (error instanceof DOMException && error.name === "AbortError") return null;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (HARMLESS.test(message)) return null;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return { kind, message: nameless(message.slice(0, LONGEST_MESSAGE)), stack: nameless(stack.slice(0, LONGEST_STACK)) };
}

/** Without what could be a number of somebody, an address' query, or what somebody typed in Chinese. */
export function nameless(text: string): string {
  return text
    .replace(/\?[^\s)'"]*/g, "")
    .replace(/[\p{Script=Han}]+/gu, "…")
    .replace(/[^\s@]{1,64}@[^\s@]{1,64}\.\w+/g, "…")
    .replace(/\d[\d\s-]{5,}\d[Xx]?/g, "…");
}

/** Says of each error whether it is to be told now. */
export function throttle(now: () => number): (found: Found) => boolean {
  const told = new Set<string>();
  let recent: number[] = [];
  return ({ kind, message, stack }) => {
    const what = `${kind} ${message} ${stack.split("\n")[1] ?? ""}`;
    recent = recent.filter((at) => now() - at < 60_000);
    if (told.has(what) || told.size >= PER_PAGE || recent.length >= PER_MINUTE) return false;
    told.add(what);
    recent.push(now());
    return true;
  };
}

const FAMILIES: [RegExp, string][] = [
  [/MicroMessenger\/([\d.]+)/, "WeChat"],
  [/Edg\/(\d+)/, "Edge"],
  [/Firefox\/(\d+)/, "Firefox"],
  [/Chrome\/(\d+)/, "Chrome"],
  [/Version\/(\d+)[\d.]* .*Safari/, "Safari"],
];

/** Family and version, such as "Chrome 131". */
export function browserOf(agent: string): string {
  for (const [pattern, name] of FAMILIES) {
    const found = pattern.exec(agent);
    if (found) return `${name} ${found[1]}`;
  }
  return "other";
}

export function deviceOf(agent: string): string {
  return /Android [\d]+|iPhone|iPad|HarmonyOS|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? "other";
}
