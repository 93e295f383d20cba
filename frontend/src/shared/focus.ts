/** After a refusal: scrolls to the first message and puts the focus into its field. */
import { nextTick } from "vue";

export async function showFirst(): Promise<void> {
  await nextTick();
  const first = document.querySelector(".el-form-item.is-error, .form-alert");
  first?.scrollIntoView({ block: "center", behavior: "smooth" });
  first?.querySelector<HTMLElement>("input, textarea, [tabindex]")?.focus({ preventScroll: true });
}
