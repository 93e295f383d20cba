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
