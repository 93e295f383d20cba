/** pdf.js, loaded when the first document is opened: worker, character maps and fonts come from our own origin. */
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { send } from "@/shared/api/send";

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

export function openDocument(url: string): Promise<PDFDocumentProxy> {
  GlobalWorkerOptions.workerSrc = workerUrl;
  return getDocument({
    url,
    cMapUrl: "/",
    standardFontDataUrl: "/",
    BinaryDataFactory: OwnFiles,
    useWorkerFetch: false,
    useWasm: false, // the pages' content security policy forbids it
    isEvalSupported: false,
    disableAutoFetch: true,
  }).promise;
}
