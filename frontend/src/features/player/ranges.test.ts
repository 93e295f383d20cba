import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { MediaRanges } from "./ranges";

const FILE = new Uint8Array(Array.from({ length: 100 }, (_, at) => at));

/** edge-media with links that end: each newly taken link is the next number, and those below `alive` are gone. */
class FakeMedia {
  taken = 0;
  alive = 1;
  refusal: ProblemError | null = null;
  cut = 0;
  readonly asked: string[] = [];

  readonly newLink = (): Promise<string> => (this.refusal ? Promise.reject(this.refusal) : Promise.resolve(`/media/${(this.taken += 1)}`));

  readonly fetch = (request: Request): Promise<Response> => {
    this.asked.push(`${new URL(request.url).pathname} ${request.headers.get("Range")}`);
    if (this.cut > 0) {
      this.cut -= 1;
      return Promise.reject(new TypeError("Failed to fetch"));
    }
    if (Number(new URL(request.url).pathname.split("/")[2]) < this.alive) {
      const problem = { code: "media.link.expired", status: 410, title: "播放地址已过期", detail: "播放地址已过期", next_step: "" };
      return Promise.resolve(new Response(JSON.stringify(problem), { status: 410, headers: { "Content-Type": "application/problem+json" } }));
    }
    const [begin, end] = request.headers.get("Range")!.slice(6).split("-").map(Number) as [number, number];
    return Promise.resolve(new Response(FILE.slice(begin, end + 1), { status: 206, headers: { "Content-Range": `bytes ${begin}-${end}/100` } }));
  };
}

let media: FakeMedia;
let ranges: MediaRanges;

beforeEach(() => {
  media = new FakeMedia();
  ranges = new MediaRanges(media.newLink);
  vi.stubGlobal("fetch", media.fetch);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("parts of a document", () => {
  it("come by one link as long as it lives", async () => {
    expect(await ranges.read(0, 10)).toEqual({ bytes: FILE.slice(0, 10), total: 100 });
    await ranges.read(40, 50);
    expect(media.asked).toEqual(["/media/1 bytes=0-9", "/media/1 bytes=40-49"]);
  });

  it("come by a new link when the old one has ended, without a word", async () => {
    await ranges.read(0, 10);
    media.alive = 2;
    expect((await ranges.read(40, 50)).bytes).toEqual(FILE.slice(40, 50));
    expect(media.asked).toEqual(["/media/1 bytes=0-9", "/media/1 bytes=40-49", "/media/2 bytes=40-49"]);
  });

  it("say that the class was closed when there is no new link to be had", async () => {
    await ranges.read(0, 10);
    media.alive = 2;
    media.refusal = new ProblemError({ code: "classroom.study.class.closed", status: 409, title: "班级已提交结业，学习已关闭", detail: "", next_step: "" });
    await expect(ranges.read(40, 50)).rejects.toBe(media.refusal);
  });

  it("are given up when a new link has ended too", async () => {
    media.alive = 9;
    await expect(ranges.read(0, 10)).rejects.toMatchObject({ status: 410 });
    expect(media.taken).toBe(2);
  });

  it("wait for a line that broke", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    media.cut = 2;
    const part = ranges.read(0, 10);
    await vi.advanceTimersByTimeAsync(3000);
    await vi.advanceTimersByTimeAsync(3000);
    expect((await part).bytes).toEqual(FILE.slice(0, 10));
  });

  it("are not waited for once the reader is left, nor for the first of them", async () => {
    media.cut = 2;
    await expect(ranges.read(0, 10, false)).rejects.toBeInstanceOf(OfflineError);
    ranges.leave();
    await expect(ranges.read(0, 10)).rejects.toBeInstanceOf(OfflineError);
  });
});
