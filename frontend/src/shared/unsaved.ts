/** The one guard for what a page holds and has not saved: whoever is about to leave it is asked first. */
import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef } from "vue";

interface Held {
  dirty: () => boolean;
  /** Puts things back to what is saved, where something else would bring them up again. */
  discard?: () => void;
}

const holding = new Set<Held>();

/** Guards as long as `dirty` says so and the component is there. */
export function guardUnsaved(dirty: () => boolean, discard?: () => void): void {
  const held: Held = { dirty, ...(discard ? { discard } : {}) };
  onMounted(() => holding.add(held));
  onBeforeUnmount(() => holding.delete(held));
}

export interface Unsaved {
  dirty: ComputedRef<boolean>;
  /** What is held now is saved. */
  settle: () => void;
}

/** Guards a form: `held` is what is typed and chosen in it, null or false while there is no form. What it begins with counts as saved. */
export function useUnsaved(held: () => unknown): Unsaved {
  const now = computed(() => JSON.stringify(held() || null));
  const saved = ref(now.value);
  const settle = (): void => void (saved.value = now.value);
  watch(() => now.value === "null", settle, { flush: "post" }); // the form was opened or closed, or read from the server
  onMounted(settle); // what its page filled in while it was set up
  const dirty = computed(() => now.value !== "null" && now.value !== saved.value);
  guardUnsaved(() => dirty.value);
  return { dirty, settle };
}

export function holdsUnsaved(): boolean {
  return [...holding].some((held) => held.dirty());
}

/** Asks when something unsaved is held; resolves to whether it may be given up. */
export async function mayGiveUp(dirty: boolean = holdsUnsaved()): Promise<boolean> {
  if (!dirty) return true;
  const { askDanger } = await import("./ask"); // loaded with the layouts; the routes alone do without its styles
  return askDanger("有未保存的内容", "离开后，本页已选择、已填写但还没有保存的内容不会保留。", "不保存，离开");
}

/** As `mayGiveUp`, for the whole page: after an agreement nothing is held any more. */
export async function mayLeave(): Promise<boolean> {
  if (!holdsUnsaved()) return true;
  if (!(await mayGiveUp())) return false;
  for (const held of holding) held.discard?.();
  holding.clear();
  return true;
}

/** The browser asks in its own words before the tab is closed or loaded anew. */
export function warnBeforeUnload(event: BeforeUnloadEvent): void {
  if (holdsUnsaved()) event.preventDefault();
}
