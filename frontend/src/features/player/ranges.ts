/**
 * Parts of a file behind a media link. The link ends within minutes (C10, K27) and a document is read for longer: one that has
 * ended is fetched anew, and a line that broke is waited for, so that later pages open like the first.
 */
import { OfflineError, ProblemError } from "@/shared/api/problem";
import { send } from "@/shared/api/send";

const AGAIN_AFTER = 3_000;
const GONE = 410;

export interface Part {
  bytes: Uint8Array<ArrayBuffer>;
  /** Of the whole file, in bytes; null when the server gave all of it, or does not say. */
  total: number | null;
}

export class MediaRanges {
  private link: Promise<string> | null = null;
  private left = false;

  /** `newLink` takes a fresh link. */
  constructor(private readonly newLink: () => Promise<string>) {}

  /** The bytes from `begin` up to but without `end`. Waits while the device is offline; raises ProblemError, or OfflineError once left or for the first part. */
  async read(begin: number, end: number, patient = true): Promise<Part> {
    for (let renewed = false; ; ) {
      try {
        return await this.ask(begin, end);
      } catch (error) {
        if (error instanceof ProblemError && error.status === GONE && !renewed) renewed = true;
        else if (error instanceof OfflineError && patient && !this.left) await new Promise((done) => setTimeout(done, AGAIN_AFTER));
        else throw error;
        this.link = null;
      }
    }
  }

  /** Nobody reads any more. */
  leave(): void {
    this.left = true;
  }

  private async ask(begin: number, end: number): Promise<Part> {
    this.link ??= this.newLink();
    const headers = { Range: `bytes=${begin}-${end - 1}` };
    const response = await send(new Request(new URL(await this.link, location.href), { headers }));
    const total = response.status === 206 ? Number(response.headers.get("Content-Range")?.split("/")[1]) : NaN;
    return { bytes: new Uint8Array(await body(response)), total: Number.isFinite(total) ? total : null };
  }
}

/** A body that breaks off is a line that broke. */
async function body(response: Response): Promise<ArrayBuffer> {
  try {
    return await response.arrayBuffer();
  } catch {
    throw new OfflineError();
  }
}
