/** Whether the browser thinks that it has a network. */
import { ref } from "vue";

export const online = ref(globalThis.navigator?.onLine ?? true);

globalThis.addEventListener?.("online", () => {
  online.value = true;
});
globalThis.addEventListener?.("offline", () => {
  online.value = false;
});
