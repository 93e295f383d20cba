/** Hears of everything that goes wrong in the pages and tells the platform (K31). */
import { watch, type App } from "vue";
import type { Router } from "vue-router";
import { OfflineError, ProblemError, sentenceOf } from "@/shared/api/problem";
import { recentRequests } from "@/shared/api/send";
import { online } from "@/shared/online";
import { tell, type ClientError } from "./calls";
import { browserOf, describe, deviceOf, throttle, type Kind } from "./reporting";

const MOST_KEPT = 5;
const wanted = throttle(() => Date.now());
const kept: ClientError[] = [];
let router: Router | null = null;

export function watchErrors(app: App, routes: Router): void {
  router = routes;
  app.config.errorHandler = (error) => {
    noticed("view", error);
    void say(error);
  };
  window.addEventListener("error", (event) => noticed("script", event.error ?? event.message));
  window.addEventListener("unhandledrejection", (event) => noticed("promise", event.reason));
  watch(online, (is) => is && flush());
}

/** Told now, or when the network is back. Never raises: an error of telling is not told. */
export function noticed(kind: Kind, error: unknown): void {
  if (kind === "view") console.error(error);
  const found = describe(kind, error);
  if (!found || !wanted(found)) return;
  const at = router?.currentRoute.value;
  const classId = at?.params.classId;
  kept.push({
    ...found,
    page: String(at?.name ?? ""),
    class_id: typeof classId === "string" && /^[0-9a-f-]{36}$/.test(classId) ? classId : null,
    browser: browserOf(navigator.userAgent),
    device: deviceOf(navigator.userAgent),
    screen: `${window.innerWidth}x${window.innerHeight}`,
    release: releaseOf(),
    request_ids: recentRequests(),
    at: new Date().toISOString(),
  });
  kept.splice(0, kept.length - MOST_KEPT);
  if (online.value) flush();
}

function flush(): void {
  for (const each of kept.splice(0)) void tell(each).catch(() => undefined); // once, whatever becomes of it
}

/** The name of the script that everything began with: another one for every release. */
function releaseOf(): string {
  return document.querySelector<HTMLScriptElement>("script[type=module][src]")?.src.split("/").at(-1) ?? "";
}

/** What a page forgot to show where it belongs is at least said. */
async function say(error: unknown): Promise<void> {
  if (!(error instanceof ProblemError || error instanceof OfflineError)) return;
  const { tellWrong } = await import("@/shared/ask");
  tellWrong(sentenceOf(error));
}
