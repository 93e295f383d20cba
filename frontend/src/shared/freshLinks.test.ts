import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp, type App } from "vue";
import { useFreshLinks } from "./reading";

let app: App;
let hidden = false;
const load = vi.fn(() => Promise.resolve());

beforeEach(() => {
  vi.useFakeTimers();
  load.mockClear();
  hidden = false;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
  app = createApp({ setup: () => useFreshLinks(load, 600), render: () => null });
  app.mount(document.createElement("div"));
});

afterEach(() => {
  if (app._container) app.unmount();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const seen = (is: boolean): void => {
  hidden = !is;
  document.dispatchEvent(new Event("visibilitychange"));
};

describe("links in what was read", () => {
  it("are fetched anew before they end, again and again", () => {
    vi.advanceTimersByTime(590_000);
    expect(load).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(load).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(600_000);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("are left alone while nobody looks, and fetched anew at once on coming back", () => {
    seen(false);
    vi.advanceTimersByTime(3_600_000);
    expect(load).not.toHaveBeenCalled();
    seen(true);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("are left alone on a short look elsewhere", () => {
    seen(false);
    vi.advanceTimersByTime(60_000);
    seen(true);
    expect(load).not.toHaveBeenCalled();
  });

  it("are nobody's any more when the page is left", () => {
    app.unmount();
    vi.advanceTimersByTime(3_600_000);
    expect(load).not.toHaveBeenCalled();
  });
});
