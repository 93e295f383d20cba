/** Sending a form: busy while it is under way, the server's words at the field, nothing typed is lost. */
import { computed, reactive, ref, type ComputedRef, type Ref } from "vue";
import { newKey } from "./api/send";
import { ProblemError, sentenceOf } from "./api/problem";
import { useUnsaved } from "./unsaved";

export interface Sending {
  busy: Ref<boolean>;
  /** Messages by field name; bind them to `:error` of el-form-item. */
  errors: Record<string, string>;
  /** What concerns no field of the form. */
  sentence: Ref<string>;
  /** Runs `act` once, however often it is pressed; resolves to whether it went well. */
  run: (act: (key: string) => Promise<void>) => Promise<boolean>;
  clear: (field?: string) => void;
  /** Something was typed or chosen and not sent yet. */
  dirty: ComputedRef<boolean>;
}

/** A button without a form. */
export function useSending(): Sending;
/**
 * `fields` are those that the form shows; messages about others are put together into `sentence`. `holds` is what is typed
 * into it, null while it is not there, or "elsewhere" where a draft keeps it: leaving asks before it is lost.
 */
export function useSending(fields: readonly string[], holds: (() => unknown) | "elsewhere"): Sending;
export function useSending(fields: readonly string[] = [], holds: (() => unknown) | "elsewhere" = "elsewhere"): Sending {
  const unsaved = holds === "elsewhere" ? { dirty: computed(() => false), settle: () => undefined } : useUnsaved(holds);
  const busy = ref(false);
  const sentence = ref("");
  const errors = reactive<Record<string, string>>({});
  let key = newKey();

  function clear(field?: string): void {
    if (field) {
      delete errors[field];
      return;
    }
    for (const name of Object.keys(errors)) delete errors[name];
    sentence.value = "";
  }

  async function run(act: (key: string) => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    clear();
    try {
      await act(key);
      unsaved.settle();
      key = newKey();
      return true;
    } catch (error) {
      tell(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  function tell(error: unknown): void {
    if (!(error instanceof ProblemError)) {
      sentence.value = sentenceOf(error); // the key stays: sending again after a lost answer does nothing twice
      return;
    }
    key = newKey();
    const elsewhere: string[] = [];
    for (const [name, message] of Object.entries(error.fields)) {
      const shown = fields.find((field) => name === field || name.startsWith(`${field}.`));
      if (shown) errors[shown] ??= message;
      else elsewhere.push(message);
    }
    if (Object.keys(error.fields).length === 0) sentence.value = sentenceOf(error);
    else if (elsewhere.length) sentence.value = elsewhere.join("；");
  }

  return { busy, errors, sentence, run, clear, dirty: unsaved.dirty };
}
