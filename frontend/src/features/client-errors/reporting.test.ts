import { describe as about, expect, it } from "vitest";
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { browserOf, describe, nameless, throttle } from "./reporting";

const refusal = new ProblemError({ code: "exam.attempt.over", status: 409, title: "已结束", detail: "已结束", next_step: "" });

about("errors of the pages", () => {
  it("are told with what is needed to find them", () => {
    const found = describe("view", new TypeError("x is undefined"));
    expect(found).toMatchObject({ kind: "view", message: "TypeError: x is undefined" });
    expect(found?.stack).toContain("reporting.test");
  });

  it("are none when a service refused, the network was cut, or something was given up", () => {
    expect(describe("promise", refusal)).toBeNull();
    expect(describe("promise", new OfflineError())).toBeNull();
    expect(describe("promise", new DOMException("left", "AbortError"))).toBeNull();
    expect(describe("script", new Error("no", {}))).not.toBeNull();
    expect(describe("script", "ResizeObserver loop completed with undelivered notifications.")).toBeNull();
  });

  it("are cut to a size that nobody minds", () => {
    const long = new Error("m".repeat(5000));
    long.stack = "s".repeat(50_000);
    const found = describe("script", long)!;
    expect([found.message.length, found.stack.length]).toEqual([300, 2000]);
  });

  it.each([
    ["no account 13900000001", "no account …"],
    ["number 110105 1990-0105 0514 x", "number … x"],
    ["王芳 is not iterable", "… is not iterable"],
    ["mail li@example.com", "mail …"],
    ["at https://a.example/learn/classes?text=abc (x.js:1:2)", "at https://a.example/learn/classes (x.js:1:2)"],
  ])("name nobody: %s", (said, left) => expect(nameless(said)).toBe(left));

  it("are told once each, and few per minute", () => {
    let time = 0;
    const wanted = throttle(() => time);
    const found = (message: string) => ({ kind: "script" as const, message, stack: "" });
    expect(wanted(found("a"))).toBe(true);
    expect(wanted(found("a"))).toBe(false);
    expect(["b", "c", "d", "e", "f"].map((each) => wanted(found(each)))).toEqual([true, true, true, true, false]);
    time = 61_000;
    expect(wanted(found("f"))).toBe(true);
    expect(wanted(found("a"))).toBe(false);
  });

  it("stop after a while, so that a broken page is no flood", () => {
    let time = 0;
    const wanted = throttle(() => (time += 60_000));
    const said = Array.from({ length: 100 }, (_, place) => wanted({ kind: "script", message: String(place), stack: "" }));
    expect(said.filter(Boolean)).toHaveLength(30);
  });
});

about("the browser", () => {
  it.each([
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Mobile MicroMessenger/8.0.44", "WeChat 8.0.44"],
    ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0", "Edge 131"],
    ["Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome 130"],
    ["Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15", "Safari 17"],
  ])("is named by family and version", (agent, name) => expect(browserOf(agent)).toBe(name));
});
