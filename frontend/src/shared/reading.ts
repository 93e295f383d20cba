/** A thing that a page reads: its data, its error, whether it is being read, and reading again. */
import { onBeforeUnmount, shallowRef, type Ref } from "vue";

export interface Reading<T> {
  data: Ref<T | null>;
  error: Ref<unknown>;
  busy: Ref<boolean>;
  load: () => Promise<void>;
}

/** Reads at once. The newest call counts: an older answer that comes late is dropped. */
export function useReading<T>(read: () => Promise<T>, options: { at?: boolean } = {}): Reading<T> {
  const data = shallowRef<T | null>(null) as Ref<T | null>;
  const error = shallowRef<unknown>(null);
  const busy = shallowRef(false);
  let turn = 0;

  async function load(): Promise<void> {
    const mine = (turn += 1);
    busy.value = true;
    try {
      const found = await read();
      if (mine !== turn) return;
      data.value = found;
      error.value = null;
    } catch (problem) {
      if (mine === turn) error.value = problem;
    } finally {
      if (mine === turn) busy.value = false;
    }
  }

  if (options.at !== false) void load();
  return { data, error, busy, load };
}

/** Reads again every `seconds` while `wanted` says so and the page is seen. */
export function usePolling(load: () => Promise<void>, wanted: () => boolean, seconds = 2): void {
  const timer = window.setInterval(() => {
    if (wanted() && !document.hidden) void load();
  }, seconds * 1000);
  onBeforeUnmount(() => window.clearInterval(timer));
}

const LOOK_EVERY = 15_000;
/** Seconds after which links to vouchers are fetched anew; they live fifteen minutes. */
export const VOUCHER_LINKS_LIVE = 600;

/** Links in what was read end: reads it anew when they are `seconds` old and somebody sees the page, also on coming back to it. */
export function useFreshLinks(load: () => Promise<void>, seconds: number): void {
  let readAt = Date.now();
  const look = (): void => {
    if (document.hidden || Date.now() - readAt < seconds * 1000) return;
    readAt = Date.now();
    void load();
  };
  const timer = window.setInterval(look, LOOK_EVERY);
  document.addEventListener("visibilitychange", look);
  onBeforeUnmount(() => {
    window.clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  });
}
