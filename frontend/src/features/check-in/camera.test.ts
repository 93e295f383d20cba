import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { kindOf, openCamera, openMicrophone, showCamera, watchCamera, withoutDevices } from "./camera";

class FakeTrack extends EventTarget {
  readyState = "live";
  muted = false;
  stop(): void {
    this.readyState = "ended";
  }
  says(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}

class FakeStream {
  readonly track = new FakeTrack();
  getTracks = (): FakeTrack[] => [this.track];
  getVideoTracks = (): FakeTrack[] => [this.track];
}

/** A browser's devices: each call takes the next answer. */
class FakeDevices {
  readonly asked: MediaStreamConstraints[] = [];
  constructor(private readonly answers: (() => Promise<unknown>)[]) {}
  getUserMedia = (wanted: MediaStreamConstraints): Promise<unknown> => {
    this.asked.push(wanted);
    return this.answers.shift()!();
  };
}

class FakeVideo {
  srcObject: unknown = null;
  videoWidth = 0;
  readyState = 0;
  constructor(private readonly plays: () => Promise<void> = () => Promise.resolve()) {}
  play = (): Promise<void> => this.plays();
  hasFrame(): this {
    this.videoWidth = 640;
    this.readyState = 4;
    return this;
  }
}

const never = (): Promise<never> => new Promise(() => undefined);
const fails = (name: string) => (): Promise<never> => Promise.reject(new DOMException("no", name));
const trouble = (doing: Promise<unknown>): Promise<string> => doing.then(() => "none", kindOf);

function browser(devices: FakeDevices | undefined, isSecureContext = true): void {
  vi.stubGlobal("navigator", { mediaDevices: devices });
  vi.stubGlobal("window", { isSecureContext });
}

const show = (video: FakeVideo, stream: FakeStream): Promise<void> => showCamera(video as never, stream as never);

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("opening the camera", () => {
  it("gives the stream that the browser gives", async () => {
    const stream = new FakeStream();
    browser(new FakeDevices([() => Promise.resolve(stream)]));
    expect(await openCamera()).toBe(stream);
  });

  it("is given up when the browser never answers, and a stream that comes later is stopped at once", async () => {
    const stream = new FakeStream();
    let answer: (stream: unknown) => void = () => undefined;
    browser(new FakeDevices([() => new Promise((done) => (answer = done))]));
    const opening = trouble(openCamera());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await opening).toBe("silent");
    answer(stream);
    await vi.advanceTimersByTimeAsync(0);
    expect(stream.track.readyState).toBe("ended");
  });

  it.each([
    ["NotAllowedError", "denied"],
    ["SecurityError", "denied"],
    ["PermissionDeniedError", "denied"],
    ["NotFoundError", "missing"],
    ["NotReadableError", "busy"],
    ["TrackStartError", "busy"],
    ["AbortError", "aborted"],
    ["UnknownError", "other"],
  ])("names what %s means", async (name, kind) => {
    browser(new FakeDevices([fails(name)]));
    expect(await trouble(openCamera())).toBe(kind);
  });

  it("takes any picture where the wanted one is not to be had", async () => {
    const devices = new FakeDevices([fails("OverconstrainedError"), () => Promise.resolve(new FakeStream())]);
    browser(devices);
    expect(await trouble(openCamera())).toBe("none");
    expect(devices.asked[1]).toEqual({ audio: false, video: true });
    browser(new FakeDevices([fails("OverconstrainedError"), fails("OverconstrainedError")]));
    expect(await trouble(openCamera())).toBe("unsuitable");
  });

  it("blames https only where the page is not secure, else the browser", async () => {
    browser(undefined, false);
    expect([await trouble(openCamera()), withoutDevices()]).toEqual(["insecure", "insecure"]);
    browser(undefined, true);
    expect([await trouble(openCamera()), withoutDevices()]).toEqual(["unsupported", "unsupported"]);
    vi.stubGlobal("navigator", { mediaDevices: {} });
    expect(await trouble(openCamera())).toBe("unsupported");
  });

  it("has the same limit for the microphone", async () => {
    browser(new FakeDevices([never]));
    const opening = trouble(openMicrophone());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await opening).toBe("silent");
  });
});

describe("showing the camera", () => {
  it("is done with the first frame", async () => {
    const video = new FakeVideo();
    const shown = trouble(show(video, new FakeStream()));
    await vi.advanceTimersByTimeAsync(1_000);
    video.hasFrame();
    await vi.advanceTimersByTimeAsync(100);
    expect(await shown).toBe("none");
  });

  it.each([
    ["plays and has no frame", new FakeVideo()],
    ["never begins to play", new FakeVideo(never)],
  ])("is given up when it %s", async (_, video) => {
    const shown = trouble(show(video, new FakeStream()));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await shown).toBe("no_picture");
  });

  it("is given up when the track is muted: the last frame stands still", async () => {
    const stream = new FakeStream();
    stream.track.muted = true;
    const shown = trouble(show(new FakeVideo().hasFrame(), stream));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await shown).toBe("no_picture");
  });

  it.each([
    ["NotAllowedError", "play_refused"],
    ["AbortError", "aborted"],
    ["NotSupportedError", "other"],
  ])("does not blame the permission when playing is refused with %s", async (name, kind) => {
    const stream = new FakeStream();
    expect(await trouble(show(new FakeVideo(fails(name)), stream))).toBe(kind);
    expect(stream.track.readyState).toBe("live");
  });

  it("says that the camera is gone when its track has ended", async () => {
    const stream = new FakeStream();
    stream.track.stop();
    expect(await trouble(show(new FakeVideo(), stream))).toBe("lost");
  });
});

describe("an open camera", () => {
  it("that is unplugged is told once", () => {
    const stream = new FakeStream();
    const lost = vi.fn();
    watchCamera(stream as never, lost);
    stream.track.says("ended");
    stream.track.says("ended");
    expect(lost.mock.calls).toEqual([["lost"]]);
  });

  it("that freezes is told after three seconds, and not for a moment's freeze", () => {
    const stream = new FakeStream();
    const lost = vi.fn();
    watchCamera(stream as never, lost);
    stream.track.says("mute");
    vi.advanceTimersByTime(2_900);
    stream.track.says("unmute");
    vi.advanceTimersByTime(5_000);
    expect(lost).not.toHaveBeenCalled();
    stream.track.says("mute");
    vi.advanceTimersByTime(3_000);
    expect(lost.mock.calls).toEqual([["no_picture"]]);
  });

  it("that was closed by us is not told", () => {
    const stream = new FakeStream();
    const lost = vi.fn();
    const stop = watchCamera(stream as never, lost);
    stream.track.says("mute");
    stop();
    stream.track.says("ended");
    vi.advanceTimersByTime(5_000);
    expect(lost).not.toHaveBeenCalled();
  });
});
