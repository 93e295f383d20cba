import { describe, expect, it } from "vitest";
import { problemOf, sentenceOf } from "./problem";

function refusal(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ code: "some.code", status, title: "暂时不能登录", detail: "暂时不能登录", next_step: "请在提示的时间之后再试。", ...body }), { status, headers });
}

describe("what is said of a refusal", () => {
  it("is what went wrong and what to do", async () => {
    expect(sentenceOf(await problemOf(refusal(409, { next_step: "请刷新。" })))).toBe("暂时不能登录。请刷新。");
  });

  it.each([
    ["47", "还需等待 47 秒。"],
    ["850", "还需等待 15 分钟。"],
  ])("says how long to wait when something was tried too often: %s s", async (seconds, said) => {
    const found = await problemOf(refusal(429, {}, { "Retry-After": seconds }));
    expect(sentenceOf(found)).toBe(`暂时不能登录。${said}请在提示的时间之后再试。`);
  });

  it("lets the service say it in its own words", async () => {
    const found = await problemOf(refusal(429, { detail: "请在 15 分钟后再试。", next_step: "" }, { "Retry-After": "900" }));
    expect(sentenceOf(found)).toBe("暂时不能登录。请在 15 分钟后再试。");
  });
});
