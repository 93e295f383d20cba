/** Editing a thing that others may edit too: when somebody was faster, what was typed stays and what they changed is shown. */
import { ref, type Ref } from "vue";
import type { Versioned } from "./api/clients";
import { ProblemError } from "./api/problem";
import { useReading, type Reading } from "./reading";

export interface Change {
  label: string;
  now: string;
}

export interface Editing<T> {
  reading: Reading<Versioned<T>>;
  /** What somebody else changed since it was read; empty when nobody did. */
  meanwhile: Ref<Change[]>;
  /** Sends an edit of the version that was read last; raises what the server says. */
  save: (act: (etag: string) => Promise<Versioned<T>>) => Promise<T>;
}

/** `shown` says by label how the parts of the thing are written for people. */
export function useEditing<T>(read: () => Promise<Versioned<T>>, shown: Record<string, (data: T) => string>, options: { at?: boolean } = {}): Editing<T> {
  const reading = useReading(read, options);
  const meanwhile = ref<Change[]>([]);

  async function save(act: (etag: string) => Promise<Versioned<T>>): Promise<T> {
    const before = reading.data.value;
    if (!before) throw new Error("saved before it was read");
    try {
      const saved = await act(before.etag);
      reading.data.value = saved;
      meanwhile.value = [];
      return saved.data;
    } catch (error) {
      if (error instanceof ProblemError && error.status === 412) await compare(before.data);
      throw error;
    }
  }

  async function compare(before: T): Promise<void> {
    const latest = await read();
    meanwhile.value = Object.entries(shown)
      .filter(([, say]) => say(before) !== say(latest.data))
      .map(([label, say]) => ({ label, now: say(latest.data) || "（空）" }));
    reading.data.value = latest; // saving again names this version
  }

  return { reading, meanwhile, save };
}
