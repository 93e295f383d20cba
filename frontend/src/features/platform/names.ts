/** Names of providers and dealers by their id, each asked for once. */
import { reactive } from "vue";
import { getDealer, getProvider } from "./calls";

const names = reactive(new Map<string, string>());
const asked = new Set<string>();

function nameOf(id: string | null, read: (id: string) => Promise<{ data: { name: string } }>): string {
  if (!id) return "";
  const known = names.get(id);
  if (known === undefined && !asked.has(id)) {
    asked.add(id);
    read(id)
      .then(({ data }) => names.set(id, data.name))
      .catch(() => asked.delete(id)); // asked again when it is shown again; the list is useful without it
  }
  return known ?? "…";
}

export function providerName(id: string | null): string {
  return nameOf(id, getProvider);
}

export function dealerName(id: string | null): string {
  return nameOf(id, getDealer);
}

/** What a page has read or changed itself. */
export function keepName(id: string, name: string): void {
  names.set(id, name);
}
