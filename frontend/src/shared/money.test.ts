import { expect, test } from "vitest";
import { fenOf, readMoney, yuanOf } from "./money";

test("an amount is read as people type it", () => {
  expect(readMoney("75")).toBe("75.00");
  expect(readMoney(" ¥1,075.5 ")).toBe("1075.50");
  expect(readMoney("７５．００")).toBe("75.00");
  expect(readMoney("0")).toBe("0.00");
});

test.each(["¥1,234.50", "￥１，２３４．５０", "1,234.50元", "1,234.5 元", "RMB 1234.50", "\u200b1\u00a0234.50\n"])("an amount is read as it was pasted: %j", (text) => {
  expect(readMoney(text)).toBe("1234.50");
});

test("what is no amount is not guessed at", () => {
  for (const text of ["", "abc", "-5", "1.234", "1.2.3", "1e3"]) expect(readMoney(text)).toBeNull();
});

test("amounts are reckoned in whole fen", () => {
  expect(fenOf("0.10") + fenOf("0.20")).toBe(30);
  expect(yuanOf(fenOf("750.00") - fenOf("150.05"))).toBe("599.95");
  expect(yuanOf(fenOf("-20.00"))).toBe("-20.00");
});
