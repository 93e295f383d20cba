/** Amounts as people type them. Reckoned in whole fen, never in fractions. */

/** "75", "75.5", "¥ 1,075.50" and "1,075.50 元" → "75.00", "75.50", "1075.50", "1075.50"; null when it is no amount. */
export function readMoney(text: string): string | null {
  const plain = text
    .normalize("NFKC")
    .replace(/[,\s\p{Cf}]/gu, "")
    .replace(/^(?:¥|人民币|CNY|RMB)/i, "")
    .replace(/(?:元|CNY|RMB)$/i, "");
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found?.[1]) return null;
  return `${Number(found[1])}.${(found[2] ?? "").padEnd(2, "0")}`;
}

/** "75.00" → 7500; "-20.00" → -2000. */
export function fenOf(amount: string): number {
  const [whole = "0", part = "00"] = amount.replace("-", "").split(".");
  const fen = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return amount.startsWith("-") ? -fen : fen;
}

/** 7500 → "75.00". */
export function yuanOf(fen: number): string {
  const plain = Math.abs(fen);
  return `${fen < 0 ? "-" : ""}${Math.floor(plain / 100)}.${String(plain % 100).padStart(2, "0")}`;
}
