import { expect, test } from "vitest";
import { readBankAccount, readCode, readDocumentNumber, readLogin, readMobile, readSpaced } from "./typed";

test.each(["139 0000 0012", "+8613900000012", "+86 139-0000-0012", "0086 139 0000 0012", "8613900000012", "（+86）139 0000 0012", "１３９００００００１２", "139\u200b0000\u202d0012", "\u202a13900000012\u202c", "139‑0000–0012", "139.0000.0012", "\t13900000012\n", "139\u00a00000\u30000012"])(
  "a mobile number is read as it was pasted: %j",
  (text) => expect(readMobile(text)).toBe("13900000012"),
);

test("what is no mobile number keeps all its digits, so that it is refused and not cut", () => {
  expect(readMobile("139 0000 00123")).toBe("139000000123");
  expect(readMobile("010-6655 4433")).toBe("01066554433");
  expect(readMobile("86123456")).toBe("86123456");
});

test("a login is a mobile number when it is one", () => {
  expect(readLogin("+86 139 0000 0012")).toBe("13900000012");
  expect(readLogin(" zhang-san ")).toBe("zhang-san");
});

test.each(["123 456", "１２３４５６", "123-456", " 123456\n", "1 2 3 4 5 6", "123\u200b456", "【开课】您的验证码是 123456，5 分钟内有效。"])("a code is read as it was pasted: %j", (text) => expect(readCode(text)).toBe("123456"));

test("of two numbers in a message none is chosen", () => {
  expect(readCode("123456 或 654321")).toBe("123456或654321");
});

test.each(["110105 19491231 002x", "11010519491231002Ｘ", "110105-19491231-002X", "'11010519491231002x", "1101\u200b05\u00a019491231002x"])("a document number is read as it was pasted: %j", (text) =>
  expect(readDocumentNumber(text)).toBe("11010519491231002X"),
);

test("a bank account is its digits", () => {
  expect(readBankAccount("6222 0200-1234 5678 901")).toBe("6222020012345678901");
});

test("a telephone number keeps what makes it readable", () => {
  expect(readSpaced("０１０－６６５５\u200b ４４３３ ")).toBe("010-6655 4433");
});
