/** pdf.js, loaded when the first document is opened: worker, character maps and fonts come from our own origin. */
import { GlobalWorkerOptions, PDFDataRangeTransport, getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { send } from "@/shared/api/send";
import type { MediaRanges } from "./ranges";

// Older Chinese documents name fonts and character maps that they do not bring along.
const maps = import.meta.glob<string>("/node_modules/pdfjs-dist/cmaps/*.bcmap", { query: "?url", import: "default", eager: true });
const fonts = import.meta.glob<string>("/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}", { query: "?url", import: "default", eager: true });
const files = new Map(Object.entries({ ...maps, ...fonts }).map(([path, url]) => [path.split("/").at(-1)!, url]));

class OwnFiles {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = files.get(filename);
    if (!url) throw new Error(`no such file: ${filename}`);
    const response = await send(new Request(new URL(url, location.href)));
    return new Uint8Array(await response.arrayBuffer());
  }
}

export type { PDFDocumentProxy };

const PART = 64 * 1024;

/** Asks for parts as pages need them; `failed` hears why one is not to be had. */
class Transport extends PDFDataRangeTransport {
  constructor(
    length: number,
    begin: Uint8Array,
    private readonly ranges: MediaRanges,
    private readonly failed: (error: unknown) => void,
  ) {
    super(length, begin);
  }

  override requestDataRange(begin: number, end: number): void {
    this.ranges.read(begin, end).then(({ bytes }) => this.onDataRange(begin, bytes), this.failed);
  }

  override abort(): void {
    this.ranges.leave();
  }
}

/** Opens the document; its pages are fetched when they are shown. */
export async function openDocument(ranges: MediaRanges, failed: (error: unknown) => void): Promise<PDFDocumentProxy> {
  GlobalWorkerOptions.workerSrc = workerUrl;
  const { bytes, total } = await ranges.read(0, PART, false);
  const content = total === null || bytes.length >= total ? { data: bytes } : { range: new Transport(total, bytes, ranges, failed), rangeChunkSize: PART, disableStream: true };
  return getDocument({
    ...content,
    cMapUrl: "/",
    standardFontDataUrl: "/",
    BinaryDataFactory: OwnFiles,
    useWorkerFetch: false,
    useWasm: false, // the pages' content security policy forbids it
    isEvalSupported: false,
    disableAutoFetch: true,
  }).promise;
}
