/** A numbered list whose filters and page live in the address bar, so that it can be linked and reloaded. */
import { computed, reactive, watch } from "vue";
import { useRoute, useRouter, type LocationQueryRaw } from "vue-router";
import { filtersIn, sameQuery, withoutEmpty } from "./address";
import { useReading, type Reading } from "./reading";

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  page_size: number;
}

export interface Listing<T, F extends Record<string, string>> {
  reading: Reading<Page<T>>;
  /** What the filter bar shows; `apply` puts it into the address. */
  filters: F;
  page: { value: number };
  pageSize: { value: number };
  apply: () => void;
  reset: () => void;
  turnTo: (page: number, size?: number) => void;
  filtered: { value: boolean };
}

/**
 * `read` is given the filters that are not empty, and the page. `always` are filters that choose the view (待确认 / 全部): a
 * reset keeps them, and they do not count as filters.
 */
export function useListing<T, F extends Record<string, string>>(
  empty: F,
  read: (query: Partial<F> & { page: number; page_size: number }) => Promise<Page<T>>,
  always: readonly (keyof F & string)[] = [],
): Listing<T, F> {
  const route = useRoute();
  const router = useRouter();
  const home = route.name;
  const filters = reactive({ ...empty }) as F;
  const names = Object.keys(empty) as (keyof F & string)[];
  const page = computed(() => Math.max(1, Number(route.query.page) || 1));
  const pageSize = computed(() => Number(route.query.page_size) || 20);

  const fromAddress = (): Partial<F> => filtersIn<F>(route.query, names);
  const reading = useReading<Page<T>>(() => read({ ...fromAddress(), page: page.value, page_size: pageSize.value }));
  Object.assign(filters, empty, fromAddress());

  function go(query: LocationQueryRaw): void {
    const kept = withoutEmpty(query);
    if (sameQuery(kept, route.query)) void reading.load();
    else void router.replace({ query: kept });
  }

  watch(
    () => route.query,
    () => {
      if (route.name !== home) return; // the address of the next page is none of ours
      Object.assign(filters, empty, fromAddress());
      void reading.load();
    },
  );

  return {
    reading,
    filters,
    page,
    pageSize,
    filtered: computed(() => names.some((name) => !always.includes(name) && Boolean(route.query[name]))),
    apply: () => go({ ...filters, page_size: pageSize.value === 20 ? "" : String(pageSize.value) }),
    reset: () => go(Object.fromEntries(always.map((name) => [name, filters[name]]))),
    turnTo: (to, size) => go({ ...route.query, page: to > 1 ? String(to) : "", page_size: (size ?? pageSize.value) === 20 ? "" : String(size ?? pageSize.value) }),
  };
}
