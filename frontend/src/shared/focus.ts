/** After a refusal: scrolls to the first message and puts the focus into its field. */
import { nextTick } from "vue";

/** Somebody who does not want things to move by themselves. */
const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;

export async function showFirst(): Promise<void> {
  await nextTick();
  const first = document.querySelector(".el-form-item.is-error") ?? document.querySelector(".form-alert");
  first?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  first?.querySelector<HTMLElement>("input, textarea, [tabindex]")?.focus({ preventScroll: true });
}
