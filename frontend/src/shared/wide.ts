/** On a desk a table's actions stay in sight while its other columns scroll; on a phone they would cover them. */
import { shallowRef } from "vue";

const desk = globalThis.matchMedia?.("(min-width: 768px)");
export const actionsFixed = shallowRef<"right" | false>(desk?.matches ? "right" : false);
desk?.addEventListener("change", () => (actionsFixed.value = desk.matches ? "right" : false));
