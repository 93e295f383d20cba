/** Whatever a page holds and has not saved is asked about before it is left. */
import { createApp, defineComponent, nextTick, reactive, ref, type App } from "vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const asked = vi.hoisted(() => ({ answer: true, times: 0 }));
vi.mock("./ask", () => ({
  askDanger: async () => {
    asked.times += 1;
    return asked.answer;
  },
}));

import { useSending, type Sending } from "./form";
import { guardUnsaved, holdsUnsaved, mayLeave, warnBeforeUnload } from "./unsaved";

let app: App | null = null;

function mounted<T>(setup: () => T): T {
  let made!: T;
  app = createApp(defineComponent({ setup: () => ((made = setup()), () => null) }));
  app.mount(document.createElement("div"));
  return made;
}

function prevented(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  warnBeforeUnload(event as BeforeUnloadEvent);
  return event.defaultPrevented;
}

beforeEach(() => Object.assign(asked, { answer: true, times: 0 }));
afterEach(() => app?.unmount());

describe("a checked file that was not imported", () => {
  it("is asked about, in the page and by the browser, until it is gone", async () => {
    const file = ref<string | null>("名单.xlsx");
    mounted(() => guardUnsaved(() => file.value !== null));
    asked.answer = false;
    expect(await mayLeave()).toBe(false);
    expect(prevented()).toBe(true);
    file.value = null;
    expect(await mayLeave()).toBe(true);
    expect([asked.times, prevented()]).toEqual([1, false]);
  });

  it("is asked about once: who agrees has left", async () => {
    mounted(() => guardUnsaved(() => true));
    expect(await mayLeave()).toBe(true);
    expect(await mayLeave()).toBe(true);
    expect(asked.times).toBe(1);
  });
});

describe("a form", () => {
  it("holds something from the first change until it was sent", async () => {
    const said = reactive({ name: "" });
    const sending = mounted<Sending>(() => useSending(["name"], () => said));
    expect(holdsUnsaved()).toBe(false);
    said.name = "王芳";
    expect(holdsUnsaved()).toBe(true);
    await sending.run(async () => Promise.reject(new Error("no network")));
    expect(holdsUnsaved()).toBe(true);
    await sending.run(async () => undefined);
    expect(holdsUnsaved()).toBe(false);
  });

  it("that is filled when it is opened or read holds nothing yet", async () => {
    const open = ref(false);
    const said = reactive({ name: "" });
    mounted(() => useSending(["name"], () => open.value && said));
    said.name = "李强";
    open.value = true;
    await nextTick();
    expect(holdsUnsaved()).toBe(false);
    said.name = "李强强";
    expect(holdsUnsaved()).toBe(true);
    open.value = false;
    await nextTick();
    expect(holdsUnsaved()).toBe(false);
  });

  it("holds nothing any more when its page is gone", () => {
    mounted(() => guardUnsaved(() => true));
    app?.unmount();
    app = null;
    expect(holdsUnsaved()).toBe(false);
  });
});

const sources = import.meta.glob<string>("../features/**/*.vue", { query: "?raw", import: "default", eager: true });
/** Files whose fields are guarded by the component around them, or hold nothing that could be lost. */
const GUARDED_ELSEWHERE: Record<string, string> = {
  "CameraBox.vue": "a photo is sent as soon as it is taken",
  "VoucherBox.vue": "the chosen file belongs to SettlePage, which guards it",
  "StepFrame.vue": "the form belongs to its step, which keeps a draft",
  "SignInPage.vue": "nobody is signed in, and nothing is kept for nobody",
};

describe("every form, dialog with fields and choice of a file", () => {
  const forms = Object.entries(sources).filter(([, text]) => /<el-form\b|<FormDialog\b|type="file"/.test(text));

  it("is found at all", () => expect(forms.length).toBeGreaterThan(20));

  it.each(forms.map(([path, text]) => [path.split("/").pop()!, text] as const))("%s asks before what is in it is lost", (name, text) => {
    const guarded = /useSending\(\s*[^)\s]|useDraft\(|useStep[<(]|guardUnsaved\(|useUnsaved\(/.test(text);
    expect(guarded || name in GUARDED_ELSEWHERE).toBe(true);
  });
});
