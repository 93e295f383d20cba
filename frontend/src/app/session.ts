/**
 * Who is signed in, for all pages. A page belongs to one account from its first sign-in on; tabs share their cookies, so
 * another tab may sign out, or sign in as somebody else, while this page is open.
 */
import { computed, readonly, ref } from "vue";
import { bodyOf, identity } from "@/shared/api/clients";
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { actFor, isOtherAccount } from "@/shared/api/send";

export interface Account {
  id: string;
  name: string;
  mobile_masked?: string | null;
  /** Those of this session: one that was opened by a code has the learner's alone. */
  roles: string[];
  /** Signing in by password would give more roles. */
  password_gives_more?: boolean;
  provider_id: string | null;
  dealer_id: string | null;
}

/** Whether the account of this page is the one that is signed in: yes, nobody is any more, or another one is. */
export type Presence = "present" | "over" | "other";

const current = ref<Account | null>(null);
const loaded = ref(false);
const present = ref<Presence>("present");
const somebody = ref<Account | null>(null);
const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("kaike-session") : null;
(tabs as { unref?: () => void } | null)?.unref?.(); // under Node it would keep a test's process alive
/** The account whose page this is, also after it has signed out. */
let pageOf = "";

export const account = readonly(current);
export const signedIn = computed(() => current.value !== null);
export const presence = readonly(present);
/** Who is signed in instead, as far as it is known. */
export const otherAccount = readonly(somebody);

export function has(...roles: string[]): boolean {
  return roles.some((role) => current.value?.roles.includes(role));
}

/** Ask once who is signed in; nobody is an answer, being offline is not. */
export async function loadSession(): Promise<Account | null> {
  if (!loaded.value) {
    try {
      take(await fetchAccount());
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
  const found = await loadSession();
  tabs?.postMessage({ account: found?.id ?? null });
  return found;
}

/** Whether who is signed in now must begin on a fresh page: what this one holds is another account's. */
export function needsFreshPage(): boolean {
  return somebody.value !== null || (current.value !== null && current.value.id !== pageOf);
}

export async function signOut(): Promise<void> {
  try {
    await identity.DELETE("/api/v1/identity/session");
  } catch (error) {
    if (error instanceof OfflineError || isOtherAccount(error)) throw error;
  }
  forget();
  tabs?.postMessage({ account: null });
}

export function forget(): void {
  current.value = null;
  loaded.value = true;
}

/** The services say that nobody is signed in any more. */
export function noteSessionOver(): void {
  if (current.value && present.value === "present") present.value = "over";
}

/** The services say that another account is signed in. */
export function noteOtherAccount(): void {
  if (current.value && present.value !== "other") {
    present.value = "other";
    void checkPresence();
  }
}

/** Ask who is signed in now, and be this account's page again if it is this one. */
export async function checkPresence(): Promise<void> {
  if (!current.value) return;
  try {
    take(await fetchAccount());
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) {
      somebody.value = null;
      present.value = "over";
    } // else not known yet: the services still refuse what is another's
  }
}

/** Hear of other tabs, and look again when this one is turned to. */
export function watchOtherTabs(): void {
  tabs?.addEventListener("message", () => void checkPresence());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && present.value !== "present") void checkPresence();
  });
}

function take(found: Account): void {
  const mine = current.value?.id;
  if (mine && found.id !== mine) {
    somebody.value = found;
    present.value = "other";
    return;
  }
  current.value = found;
  pageOf ||= found.id;
  somebody.value = null;
  present.value = "present";
  actFor(found.id);
}

async function fetchAccount(): Promise<Account> {
  const said = await bodyOf(identity.GET("/api/v1/identity/session"));
  const { account: found, password_gives_more } = said as { account: Account; password_gives_more?: boolean };
  return { ...found, password_gives_more };
}
