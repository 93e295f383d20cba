import { beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "@/shared/api/problem";

const one = { id: "learner-1", name: "王芳", roles: ["learner"], provider_id: null, dealer_id: null };
const two = { ...one, id: "learner-2", name: "李强" };
const nobody = new ProblemError({ code: "auth.sign_in_needed", status: 401, title: "", detail: "", next_step: "" });

/** Who is signed in by the cookies that all tabs share. */
let inBrowser: typeof one | null;
let session: typeof import("./session");

beforeEach(async () => {
  vi.resetModules();
  vi.doMock("@/shared/api/clients", () => ({
    identity: {
      GET: async () => {
        if (!inBrowser) throw nobody;
        return { data: { account: inBrowser } };
      },
      DELETE: async () => (inBrowser = null),
    },
    bodyOf: async (call: Promise<{ data: unknown }>) => (await call).data,
  }));
  session = await import("./session");
  inBrowser = one;
  await session.loadSession();
});

describe("the page of an account", () => {
  it("stays that account's when another tab signs in as somebody else", async () => {
    inBrowser = two;
    await session.checkPresence();
    expect(session.presence.value).toBe("other");
    expect(session.account.value?.name).toBe("王芳");
    expect(session.otherAccount.value?.name).toBe("李强");
  });

  it("never becomes another account's by looking again who is signed in", async () => {
    inBrowser = two;
    await session.reloadSession();
    expect(session.account.value?.id).toBe("learner-1");
    expect(session.needsFreshPage()).toBe(true);
  });

  it("goes on when its account has signed in again", async () => {
    inBrowser = two;
    await session.checkPresence();
    inBrowser = one;
    await session.reloadSession();
    expect(session.presence.value).toBe("present");
    expect(session.otherAccount.value).toBeNull();
    expect(session.needsFreshPage()).toBe(false);
  });

  it("keeps what it shows when the session is over, so that nothing typed is lost", async () => {
    inBrowser = null;
    session.noteSessionOver();
    expect(session.presence.value).toBe("over");
    expect(session.account.value?.id).toBe("learner-1");
  });

  it("asks for a fresh page when somebody else signs in after it was left", async () => {
    await session.signOut();
    inBrowser = two;
    await session.reloadSession();
    expect(session.account.value?.id).toBe("learner-2");
    expect(session.needsFreshPage()).toBe(true);
  });
});
