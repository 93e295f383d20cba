/** Numbers as people type and paste them: what stands between the digits makes no difference. The services read the same. */

/** Spaces, invisible characters, hyphens and brackets of every kind. */
const BETWEEN = /[\s\p{Z}\p{Cf}\p{Cc}\p{Pd}\p{Ps}\p{Pe}−]+/gu;

/** "１１0105‑1949 1231\u200b002x" → "11010519491231002x". */
export function bareNumber(text: string): string {
  return text.normalize("NFKC").replace(BETWEEN, "");
}

/** "+86 139-0000 0012" and "0086 13900000012" → "13900000012"; what is no mainland number is only freed of what stands between. */
export function readMobile(text: string): string {
  return bareNumber(text)
    .replaceAll(".", "")
    .replace(/^(\+|00)?86(?=1\d{10}$)/, "");
}

/** A mobile number, when it is one; else the name as it was typed. */
export function readLogin(text: string): string {
  const mobile = readMobile(text);
  return /^1\d{10}$/.test(mobile) ? mobile : text.trim();
}

/** Six digits: "123 456" → "123456", and out of a pasted message the one number of six digits. */
export function readCode(text: string): string {
  const bare = bareNumber(text);
  const sixes = text
    .normalize("NFKC")
    .split(/\D+/)
    .filter((digits) => digits.length === 6);
  return /^\d*$/.test(bare) || sixes.length !== 1 ? bare : sixes[0]!;
}

/** "110105 19491231 002x" → "11010519491231002X". */
export function readDocumentNumber(text: string): string {
  return bareNumber(text)
    .replace(/^['‘’]+/, "")
    .toUpperCase();
}

/** "6222 0200 1234 5678 901" → "6222020012345678901". */
export function readBankAccount(text: string): string {
  return bareNumber(text);
}

/** A number that is only shown: its spaces and hyphens stay, they help to read it. */
export function readSpaced(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Cc}]+/gu, "")
    .replace(/\p{Pd}|−/gu, "-")
    .replace(/[\s\p{Z}]+/gu, " ")
    .trim();
}
