/** What was typed but not saved yet: kept through a reload and a new sign-in, asked about before it is left behind. */
import { computed, onBeforeUnmount, onMounted, reactive, ref, watch, type ComputedRef, type Ref } from "vue";
import { onBeforeRouteLeave, onBeforeRouteUpdate } from "vue-router";
import { account, signedIn } from "@/app/session";
import { askDanger } from "@/shared/ask";

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

  async function mayLeave(): Promise<boolean> {
    if (!dirty.value || !signedIn.value) return true; // signed out meanwhile: what was typed stays kept
    const leave = await askDanger("有未保存的内容", "离开后，本页已填写但未保存的内容不会保留。", "不保存，离开");
    if (leave) settle(JSON.parse(base.value) as T);
    return leave;
  }

  onBeforeRouteLeave(mayLeave);
  onBeforeRouteUpdate((to, from) => (to.path === from.path ? true : mayLeave()));
  const warn = (event: BeforeUnloadEvent): void => {
    if (dirty.value) event.preventDefault();
  };
  onMounted(() => window.addEventListener("beforeunload", warn));
  onBeforeUnmount(() => window.removeEventListener("beforeunload", warn));

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
