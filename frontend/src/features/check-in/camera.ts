/**
 * Opening camera and microphone. Either may be missing, refused or busy, and either may never answer: each of these is a
 * trouble of its own, with a time limit, so that nobody waits without an end.
 */

export type Trouble =
  /** The page is not secure (no https), so that the browser gives no device. */
  | "insecure"
  /** The browser knows no devices: an old one, or one inside another app. */
  | "unsupported"
  /** Neither a yes nor a no within the limit. */
  | "silent"
  | "denied"
  | "missing"
  | "busy"
  | "unsuitable"
  | "aborted"
  /** Open, and not one frame comes. */
  | "no_picture"
  /** Open, and the browser wants a press before it shows the picture. */
  | "play_refused"
  /** It was open and is gone: unplugged, or taken by another program. */
  | "lost"
  | "other";

export class MediaTrouble extends Error {
  constructor(readonly kind: Trouble) {
    super(kind);
    this.name = "MediaTrouble";
  }
}

/** Long enough to read the browser's question and to answer it. */
const ANSWER_WITHIN = 20_000;
const FRAME_WITHIN = 8_000;
/** A picture may freeze for a moment, when another program looks at the camera. */
const FROZEN_FOR = 3_000;
const LOOK_EVERY = 100;
const HAS_FRAME = 2; // HTMLMediaElement.HAVE_CURRENT_DATA

const SELFIE: MediaStreamConstraints = { audio: false, video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } } };

/** By the names of the browsers' errors, also the older ones. */
const KINDS: Record<string, Trouble> = {
  NotAllowedError: "denied",
  PermissionDeniedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  DevicesNotFoundError: "missing",
  NotReadableError: "busy",
  TrackStartError: "busy",
  OverconstrainedError: "unsuitable",
  ConstraintNotSatisfiedError: "unsuitable",
  AbortError: "aborted",
};

/** Raises MediaTrouble. */
export async function openCamera(): Promise<MediaStream> {
  try {
    return await opened(SELFIE);
  } catch (error) {
    if (kindOf(error) !== "unsuitable") throw error;
    return await opened({ audio: false, video: true }); // any picture will do
  }
}

/** Raises MediaTrouble. */
export function openMicrophone(): Promise<MediaStream> {
  return opened({ audio: true });
}

export function closeCamera(stream: MediaStream | null): void {
  stream?.getTracks().forEach((track) => track.stop());
}

/** Why there is no camera to be asked for at all; null: there may be one. */
export function withoutDevices(): Trouble | null {
  if (navigator.mediaDevices as MediaDevices | undefined) return null;
  return window.isSecureContext ? "unsupported" : "insecure";
}

export function kindOf(error: unknown): Trouble {
  return error instanceof MediaTrouble ? error.kind : "other";
}

/** Shows the camera in the element; resolved with its first frame. Raises MediaTrouble, and leaves the stream open. */
export async function showCamera(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
  const track = stream.getVideoTracks()[0];
  if (!track || track.readyState === "ended") throw new MediaTrouble("lost");
  if (video.srcObject !== stream) video.srcObject = stream;
  await within(FRAME_WITHIN, "no_picture", async (isOver) => {
    await video.play().catch((error: unknown) => {
      throw new MediaTrouble(nameOf(error) === "NotAllowedError" ? "play_refused" : nameOf(error) === "AbortError" ? "aborted" : "other");
    });
    while (!isOver() && (video.videoWidth === 0 || video.readyState < HAS_FRAME || track.muted)) await pause(LOOK_EVERY);
  });
}

/** Calls `lost` once when the open camera goes away or its picture freezes. Returns how to stop watching. */
export function watchCamera(stream: MediaStream, lost: (kind: Trouble) => void): () => void {
  const track = stream.getVideoTracks()[0];
  let frozen: ReturnType<typeof setTimeout> | undefined;
  const ended = (): void => tell("lost");
  const muted = (): void => {
    clearTimeout(frozen);
    frozen = setTimeout(() => tell("no_picture"), FROZEN_FOR);
  };
  const unmuted = (): void => clearTimeout(frozen);
  const stop = (): void => {
    clearTimeout(frozen);
    track?.removeEventListener("ended", ended);
    track?.removeEventListener("mute", muted);
    track?.removeEventListener("unmute", unmuted);
  };
  const tell = (kind: Trouble): void => {
    stop();
    lost(kind);
  };
  track?.addEventListener("ended", ended);
  track?.addEventListener("mute", muted);
  track?.addEventListener("unmute", unmuted);
  return stop;
}

async function opened(wanted: MediaStreamConstraints): Promise<MediaStream> {
  const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined;
  if (!devices?.getUserMedia) throw new MediaTrouble(withoutDevices() ?? "unsupported");
  return await within(ANSWER_WITHIN, "silent", async (isOver) => {
    const stream = await navigator.mediaDevices.getUserMedia(wanted).catch((error: unknown) => {
      throw new MediaTrouble(KINDS[nameOf(error)] ?? "other");
    });
    if (isOver()) closeCamera(stream); // an answer that nobody waits for any more: the camera's light goes out
    return stream;
  });
}

/** What `work` answers, or the trouble when that takes longer than the limit; `isOver` tells it that nobody waits. */
async function within<T>(limit: number, trouble: Trouble, work: (isOver: () => boolean) => Promise<T>): Promise<T> {
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ends = new Promise<never>((_, failed) => {
    timer = setTimeout(() => {
      over = true;
      failed(new MediaTrouble(trouble));
    }, limit);
  });
  try {
    return await Promise.race([work(() => over), ends]);
  } finally {
    clearTimeout(timer);
    over = true;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : "";
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
