import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OfflineError, ProblemError, sentenceOf } from "@/shared/api/problem";
import { keepTicket } from "@/features/learner-classes/calls";
import { checkIn, dutyBefore, needsNewPhoto, type CheckInStep } from "./checking";

const CLASS = "0199aaaa-0000-7000-8000-000000000001";
const PHOTOS = "/api/v1/supervision/photos";
const CHECK_INS = `/api/v1/supervision/classes/${CLASS}/check-ins`;
const DONE = { id: "1", day: "2026-11-24", slot: "day", at: "2026-11-24T01:00:00Z" };

type Answer = () => Response | Promise<Response>;

/** A service at the other end of the line: each call takes the next answer of its path, and is remembered. */
class FakeService {
  readonly requests: Request[] = [];
  private readonly answers: Record<string, Answer[]> = { [PHOTOS]: [], [CHECK_INS]: [] };

  says(path: string, ...answers: Answer[]): this {
    this.answers[path]!.push(...answers);
    return this;
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    this.requests.push(request);
    return this.answers[new URL(request.url).pathname]!.shift()!();
  };

  get paths(): string[] {
    return this.requests.map((each) => new URL(each.url).pathname);
  }

  bodyAt(place: number): Promise<unknown> {
    return this.requests[place]!.json();
  }
}

const json = (status: number, body: object, headers: Record<string, string> = {}): Answer => () => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
const takesIn = (receipt: string): Answer => json(201, { receipt, expires_at: "2026-11-24T01:10:00Z" });
const recorded = json(201, DONE);
const refuses = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}): Answer =>
  json(status, { code, status, title: "照片已过期", detail: "照片已过期", next_step: "请重新拍照后再提交。", ...more }, headers);
const cut: Answer = () => Promise.reject(new TypeError("Failed to fetch"));

let service: FakeService;
let told: CheckInStep[];
let photo: Blob;

const press = (): Promise<unknown> => checkIn(CLASS, photo, (step) => told.push(step));
const failing = (): Promise<unknown> => press().then(() => undefined, (error: unknown) => error);

beforeEach(() => {
  service = new FakeService();
  vi.stubGlobal("fetch", service.fetch);
  told = [];
  photo = new Blob(["a face"], { type: "image/jpeg" });
  keepTicket(CLASS, "the-ticket", new Date(Date.now() + 3_600_000).toISOString());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("checking in", () => {
  it("uploads the photo, then shows its receipt, and says which of the two is under way", async () => {
    service.says(PHOTOS, takesIn("r1")).says(CHECK_INS, recorded);
    expect(await press()).toEqual(DONE);
    expect(service.paths).toEqual([PHOTOS, CHECK_INS]);
    expect(told).toEqual(["uploading", "recording"]);
    expect(service.requests[0]!.headers.get("Kaike-Ticket")).toBe("the-ticket");
    const form = await service.requests[0]!.formData();
    expect([form.get("purpose"), form.get("photo") instanceof Blob]).toEqual(["check_in", true]);
    expect(await service.bodyAt(1)).toEqual({ receipt: "r1" });
  });

  it("takes no Idempotency-Key: neither call does anything twice", async () => {
    service.says(PHOTOS, takesIn("r1")).says(CHECK_INS, recorded);
    await press();
    expect(service.requests.map((each) => each.headers.has("Idempotency-Key"))).toEqual([false, false]);
  });

  it("uploads once when the line breaks before the check-in, and again when its answer is lost", async () => {
    service.says(PHOTOS, takesIn("r1")).says(CHECK_INS, cut, cut, recorded);
    expect(sentenceOf(await failing())).toContain("照片已上传");
    expect(sentenceOf(await failing())).toContain("照片已上传");
    expect(await press()).toEqual(DONE);
    expect(service.paths).toEqual([PHOTOS, CHECK_INS, CHECK_INS, CHECK_INS]);
    expect(await service.bodyAt(3)).toEqual({ receipt: "r1" });
    expect(told).toEqual(["uploading", "recording", "recording", "recording"]);
  });

  it("says nothing of an uploaded photo when the upload broke, and uploads it at the next try", async () => {
    service.says(PHOTOS, cut, takesIn("r1")).says(CHECK_INS, recorded);
    const error = await failing();
    expect(error).toBeInstanceOf(OfflineError);
    expect(sentenceOf(error)).not.toContain("已上传");
    await press();
    expect(service.paths).toEqual([PHOTOS, PHOTOS, CHECK_INS]);
  });

  it("uploads another picture by itself", async () => {
    service.says(PHOTOS, takesIn("r1"), takesIn("r2")).says(CHECK_INS, cut, recorded);
    await failing();
    photo = new Blob(["the same face"], { type: "image/jpeg" });
    await press();
    expect(await service.bodyAt(3)).toEqual({ receipt: "r2" });
  });

  it.each([
    ["its time is over", 410, "supervision.photo.expired", {}],
    ["its receipt is not known", 422, "supervision.receipt.broken", { errors: [{ field: "/receipt", code: "broken", message: "照片凭证无效" }] }],
  ])("asks for a new picture when %s, and forgets the receipt", async (_, status, code, more) => {
    service.says(PHOTOS, takesIn("r1"), takesIn("r2")).says(CHECK_INS, refuses(status, code, more), recorded);
    const error = await failing();
    expect(needsNewPhoto(error)).toBe(true);
    expect([sentenceOf(error), (error as ProblemError).fields]).toEqual(["照片已过期。请重新拍照后再提交。", {}]);
    await press();
    expect(service.paths).toEqual([PHOTOS, CHECK_INS, PHOTOS, CHECK_INS]);
  });

  it("names the duty that has to be done before a photo is taken in", async () => {
    service.says(PHOTOS, refuses(409, "supervision.photo.consent_first"), refuses(409, "supervision.photo.real_name_first"), refuses(409, "supervision.photo.not_asked"));
    const duties = [await failing(), await failing(), await failing()].map(dutyBefore);
    expect(duties).toEqual(["consent", "real_name", null]);
    expect(service.paths).toEqual([PHOTOS, PHOTOS, PHOTOS]);
  });

  it("keeps the picture when too many were taken: it may be handed in later", async () => {
    service.says(PHOTOS, refuses(429, "supervision.photo.too_many", {}, { "Retry-After": "60" }));
    const error = await failing();
    expect([needsNewPhoto(error), dutyBefore(error)]).toEqual([false, null]);
    expect(sentenceOf(error)).toContain("还需等待 60 秒");
  });

  it("waits for a service that says when to come back, with the same receipt", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const busy = refuses(503, "projection.pending", {}, { "Retry-After": "2" });
    service.says(PHOTOS, busy, takesIn("r1")).says(CHECK_INS, busy, recorded);
    const done = press();
    await vi.advanceTimersByTimeAsync(2000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await done).toEqual(DONE);
    expect(service.paths).toEqual([PHOTOS, PHOTOS, CHECK_INS, CHECK_INS]);
  });
});
