/** Who is signed in, for all pages. */
import { computed, readonly, ref } from "vue";
import { bodyOf, identity } from "@/shared/api/clients";
import { OfflineError, ProblemError } from "@/shared/api/problem";

export interface Account {
  id: string;
  name: string;
  roles: string[];
  provider_id: string | null;
  dealer_id: string | null;
}

const current = ref<Account | null>(null);
const loaded = ref(false);

export const account = readonly(current);
export const signedIn = computed(() => current.value !== null);

export function has(...roles: string[]): boolean {
  return roles.some((role) => current.value?.roles.includes(role));
}

/** Ask once who is signed in; nobody is an answer, being offline is not. */
export async function loadSession(): Promise<Account | null> {
  if (!loaded.value) {
    try {
      current.value = await fetchAccount();
      loaded.value = true;
    } catch (error) {
      if (!(error instanceof ProblemError && error.status === 401)) throw error;
      current.value = null;
      loaded.value = true;
    }
  }
  return current.value;
}

/** After signing in, or when the account was changed. */
export async function reloadSession(): Promise<Account | null> {
  loaded.value = false;
  return loadSession();
}

export async function signOut(): Promise<void> {
  try {
    await identity.DELETE("/api/v1/identity/session");
  } catch (error) {
    if (error instanceof OfflineError) throw error;
  }
  forget();
}

export function forget(): void {
  current.value = null;
  loaded.value = true;
}

async function fetchAccount(): Promise<Account> {
  const said = await bodyOf(identity.GET("/api/v1/identity/session"));
  return (said as { account: Account }).account;
}
