/** An endless list that is read on by key: its filters live in the address bar, 加载更多 reads the next part. */
import { computed, reactive, ref, shallowRef, watch, type Ref } from "vue";
import { useRoute, useRouter } from "vue-router";
import { filtersIn, sameQuery, withoutEmpty } from "./address";

export interface Keyset<T> {
  items: T[];
  next: string | null;
}

export interface KeyListing<T, F extends Record<string, string>> {
  /** null until the first answer has come. */
  items: Ref<T[] | null>;
  error: Ref<unknown>;
  busy: Ref<boolean>;
  next: Ref<string | null>;
  filters: F;
  apply: () => void;
  reset: () => void;
  more: () => Promise<void>;
  reload: () => Promise<void>;
  filtered: { value: boolean };
}

/** `always` are filters that choose the view (待我审核 / 全部): a reset keeps them, and they do not count as filters. */
export function useKeyListing<T, F extends Record<string, string>>(
  empty: F,
  read: (query: Partial<F> & { after?: string }) => Promise<Keyset<T>>,
  always: readonly (keyof F & string)[] = [],
): KeyListing<T, F> {
  const route = useRoute();
  const router = useRouter();
  const home = route.name;
  const filters = reactive({ ...empty }) as F;
  const names = Object.keys(empty) as (keyof F & string)[];
  const items = shallowRef<T[] | null>(null) as Ref<T[] | null>;
  const error = shallowRef<unknown>(null);
  const next = ref<string | null>(null);
  const busy = ref(false);
  let turn = 0;

  const fromAddress = (): Partial<F> => filtersIn<F>(route.query, names);

  async function part(after?: string): Promise<void> {
    const mine = (turn += 1);
    busy.value = true;
    try {
      const found = await read({ ...fromAddress(), ...(after ? { after } : {}) });
      if (mine !== turn) return;
      items.value = after ? [...(items.value ?? []), ...found.items] : found.items;
      next.value = found.next;
      error.value = null;
    } catch (problem) {
      if (mine === turn) error.value = problem;
    } finally {
      if (mine === turn) busy.value = false;
    }
  }

  function go(query: Partial<F>): void {
    const kept = withoutEmpty(query);
    if (sameQuery(kept, route.query)) void part();
    else void router.replace({ query: kept });
  }

  Object.assign(filters, empty, fromAddress());
  void part();
  watch(
    () => route.query,
    () => {
      if (route.name !== home) return; // the address of the next page is none of ours
      Object.assign(filters, empty, fromAddress());
      items.value = null;
      void part();
    },
  );

  return {
    items,
    error,
    busy,
    next,
    filters,
    filtered: computed(() => names.some((name) => !always.includes(name) && Boolean(route.query[name]))),
    apply: () => go({ ...filters }),
    reset: () => go(Object.fromEntries(always.map((name) => [name, filters[name]])) as Partial<F>),
    more: () => (next.value ? part(next.value) : Promise.resolve()),
    reload: () => part(),
  };
}
