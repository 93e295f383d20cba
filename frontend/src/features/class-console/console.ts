/** The class that the console shows, for its tabs. */
import { computed, inject, provide, type ComputedRef, type InjectionKey } from "vue";
import { has } from "@/app/session";
import type { Versioned } from "@/shared/api/clients";
import { useReading, type Reading } from "@/shared/reading";
import { readClass, type TrainingClass } from "./calls";

export interface ClassConsole {
  reading: Reading<Versioned<TrainingClass>>;
  reload: () => Promise<void>;
}

const KEY: InjectionKey<ClassConsole> = Symbol("class console");

export function provideConsole(classId: string): ClassConsole {
  const reading = useReading(() => readClass(classId));
  const console = { reading, reload: reading.load };
  provide(KEY, console);
  return console;
}

/** For a tab: it is shown only when the class has been read. */
export function useConsole(): { current: ComputedRef<TrainingClass>; etag: ComputedRef<string>; reload: () => Promise<void> } {
  const found = inject(KEY);
  if (!found) throw new Error("a tab outside of the class console");
  return {
    current: computed(() => found.reading.data.value!.data),
    etag: computed(() => found.reading.data.value!.etag),
    reload: found.reload,
  };
}

const TEACHING = ["provider_admin", "registrar", "class_teacher", "assistant"];

export const mayTeach = (): boolean => has(...TEACHING);
export const mayManage = (): boolean => has("provider_admin", "registrar");
/** Whole document numbers, one by one or as a file; each is logged (K11, X13). */
export const maySeeNumbers = (): boolean => has("provider_admin", "registrar", "class_teacher");
export const mayApply = (): boolean => has("provider_admin", "business_manager");
export const mayPrepare = (): boolean => has("provider_admin", "business_manager", "registrar", "class_teacher");

/** Why the roster or the settings are locked; empty when they are not. */
export function lockedText(state: string): string {
  if (state === "opening_review") return "开班审核期间名单和设置锁定，撤回申请或审核结束后恢复。";
  if (state === "graduation_review") return "结业审核期间名单和设置锁定，撤回申请或审核不通过后恢复。";
  if (state === "graduated") return "班级已结业，不能再修改。";
  return "";
}
