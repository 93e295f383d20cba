/** The offline queue of whoever is signed in. */
import { openQueue } from "@/shared/offline/queue";
import { account } from "./session";

export async function openOwnQueue(): Promise<void> {
  const id = account.value?.id;
  if (id) await openQueue(id, () => account.value?.id === id);
}
