/** Where waiting entries lie: IndexedDB, or only memory where the browser forbids it (private windows). */
import { createStore, delMany, entries, set } from "idb-keyval";
import { ref } from "vue";

export interface Stored {
  key: string;
  order: number;
  account: string;
  lane: string;
  kind: string;
  body: object;
}

/** False: what waits would be lost with the page, and pages say so. */
export const durable = ref(true);

interface Storage {
  read: (account: string) => Promise<Stored[]>;
  keep: (entry: Stored) => Promise<void>;
  forget: (keys: string[]) => Promise<void>;
}

export function openStorage(): Storage {
  let store: ReturnType<typeof createStore> | null = null;
  const at = (): ReturnType<typeof createStore> => (store ??= createStore("kaike-waiting", "entries"));
  return {
    read: (account) =>
      guarded(async () => {
        const found = await entries<string, Stored>(at());
        const own = found.map(([, entry]) => entry).filter((entry) => entry.account === account);
        return own.sort((a, b) => a.order - b.order);
      }, []),
    keep: (entry) => guarded(() => set(entry.key, entry, at()), undefined),
    forget: (keys) => guarded(() => delMany(keys, at()), undefined),
  };
}

async function guarded<T>(act: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await act();
  } catch {
    durable.value = false; // told to the learner; the entries stay in memory
    return otherwise;
  }
}
