/** One step of the wizard: its form, its checks, saving with If-Match, a refused save, a lost network. */
import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from "vue";
import type { Versioned } from "@/shared/api/clients";
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { showFirst } from "@/shared/focus";
import { useSending, type Sending } from "@/shared/form";
import { online } from "@/shared/online";
import type { TrainingClass } from "./calls";
import { useDraft } from "./draft";

export type Wrong = Record<string, string>;

export interface StepOptions<T extends object> {
  name: string;
  /** The form as the server has it now. */
  initial: () => T;
  /** Fields that the form shows, as the server names them. */
  fields: readonly string[];
  /** What is wrong with the form, by field; checked when a field is left and before saving. */
  wrong: (form: T) => Wrong;
  save: (form: T, key: string) => Promise<Versioned<TrainingClass>>;
  /** Has this step been saved before? If so and nothing was changed, going on needs no request. */
  savedBefore: () => boolean;
  done: (saved: Versioned<TrainingClass> | null, goOn: boolean) => void;
}

export interface Step<T extends object> {
  form: T;
  dirty: ComputedRef<boolean>;
  restored: Ref<boolean>;
  sending: Sending;
  /** Somebody else changed the class meanwhile. */
  conflict: Ref<boolean>;
  check: (...fields: string[]) => void;
  submit: (goOn: boolean) => Promise<void>;
  /** The newest version was read: what was typed stays and can be saved onto it. */
  adopted: () => void;
}

export function useStep<T extends object>(options: StepOptions<T>): Step<T> {
  const draft = useDraft(options.name, options.initial());
  const form = draft.form;
  const sending = useSending(options.fields, "elsewhere");
  const conflict = ref(false);
  const waiting = ref<{ goOn: boolean } | null>(null);
  const needed = computed(() => draft.dirty.value || !options.savedBefore());

  function check(...fields: string[]): void {
    const wrong = options.wrong(form);
    for (const field of fields) {
      sending.clear(field);
      if (wrong[field]) sending.errors[field] = wrong[field];
    }
  }

  async function submit(goOn: boolean): Promise<void> {
    waiting.value = null;
    if (!needed.value) return options.done(null, goOn);
    if (!sound()) return;
    const done = await sending.run(async (key) => {
      conflict.value = false;
      try {
        const saved = await options.save(form, key);
        draft.settle(JSON.parse(JSON.stringify(form)) as T);
        options.done(saved, goOn);
      } catch (error) {
        conflict.value = error instanceof ProblemError && error.status === 412;
        if (error instanceof OfflineError) waiting.value = { goOn };
        throw error;
      }
    });
    if (!done) {
      if (conflict.value) sending.sentence.value = "班级设置已被他人修改。请取得最新版本，您填写的内容会保留，核对后再保存。";
      if (waiting.value) sending.sentence.value = "网络连接中断，您填写的内容已保留，网络恢复后自动保存。";
      await showFirst();
    } else if (!goOn) {
      await nextTick();
      draft.settle(options.initial());
    }
  }

  function sound(): boolean {
    const wrong = options.wrong(form);
    sending.clear();
    Object.assign(sending.errors, wrong);
    if (Object.keys(wrong).length === 0) return true;
    sending.sentence.value = `有 ${Object.keys(wrong).length} 处需要修改，请按提示填写后再保存。`;
    void showFirst();
    return false;
  }

  watch(online, (back) => {
    if (back && waiting.value) void submit(waiting.value.goOn); // what was about to be saved is saved now
  });

  function adopted(): void {
    conflict.value = false;
    sending.sentence.value = "";
  }

  return { form, dirty: draft.dirty, restored: draft.restored, sending, conflict, check, submit, adopted };
}
