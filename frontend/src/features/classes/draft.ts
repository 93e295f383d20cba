/** What was typed but not saved yet: kept through a reload and a new sign-in, asked about before it is left behind. */
import { computed, reactive, ref, watch, type ComputedRef, type Ref } from "vue";
import { account } from "@/app/session";
import { guardUnsaved } from "@/shared/unsaved";

export interface Draft<T extends object> {
  form: T;
  dirty: ComputedRef<boolean>;
  /** The form began with what an earlier visit had left unsaved. */
  restored: Ref<boolean>;
  /** The form is now what the server keeps. */
  settle: (saved: T) => void;
}

export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const place = `kaike-draft:${account.value?.id ?? ""}:${name}`;
  const base = ref(JSON.stringify(initial));
  const kept = recall<T>(place);
  const form = reactive({ ...copy(initial), ...kept }) as T;
  const dirty = computed(() => JSON.stringify(form) !== base.value);
  const restored = ref(kept !== null && dirty.value);

  watch(form, () => (dirty.value ? keep(place, form) : forget(place)), { deep: true });

  function settle(saved: T): void {
    base.value = JSON.stringify(saved);
    Object.assign(form, copy(saved));
    restored.value = false;
    forget(place);
  }

  guardUnsaved(() => dirty.value, () => settle(JSON.parse(base.value) as T));

  return { form, dirty, restored, settle };
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function recall<T>(place: string): Partial<T> | null {
  try {
    const text = sessionStorage.getItem(place);
    return text ? (JSON.parse(text) as Partial<T>) : null;
  } catch {
    return null; // no storage in this browser, or another version's: the form begins as the server has it
  }
}

function keep(place: string, form: object): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(form));
  } catch {
    // Full or forbidden: the form itself still holds everything.
  }
}

function forget(place: string): void {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Forbidden: nothing was kept either.
  }
}
