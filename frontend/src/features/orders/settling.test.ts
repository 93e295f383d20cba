import { describe, expect, it } from "vitest";
import { chosenOrders, payersOf, unpayable, wrongFile, wrongOf } from "./settling";

describe("what can be settled", () => {
  it.each([
    ["unsettled", ""],
    ["overdue", ""],
    ["settlement_submitted", "结算审核中，请等待经销商确认"],
    ["settled", "订单已结算"],
  ])("an order that is %s: %j", (state, reason) => {
    expect(unpayable(state)).toBe(reason);
  });
});

describe("a settlement's form", () => {
  it("names every field that is missing", () => {
    expect(Object.keys(wrongOf({ payer_account_number: " ", payer_bank: "", note: "" }, false))).toEqual(["payer_account_number", "payer_bank", "voucher_id"]);
  });

  it("takes an account number in groups of digits", () => {
    expect(wrongOf({ payer_account_number: "6222 0202-0001", payer_bank: "某银行某支行", note: "" }, true)).toEqual({});
  });
});

describe("who pays", () => {
  it.each([
    [["旧名"], ["新名", "旧名"]],
    [["旧名", "旧名"], ["新名", "旧名"]],
    [["旧名", "新名"], ["新名"]],
    [["新名"], ["新名"]],
    [[null], ["新名"]],
  ])("orders made under %j are paid under %j", (made, names) => {
    expect(payersOf("新名", made.map((name) => ({ payer_account_name: name })))).toEqual(names);
  });
});

describe("a voucher's file", () => {
  it.each(["a.jpg", "a.JPEG", "凭证.png", "a.jfif"])("%s is taken", (name) => {
    expect(wrongFile(new File(["x"], name))).toBe("");
  });

  it("refuses what is no image, is empty or too large", () => {
    expect(wrongFile(new File(["x"], "a.pdf"))).toContain("只支持");
    expect(wrongFile(new File([], "a.jpg"))).toContain("空");
    expect(wrongFile(new File([new Uint8Array(5 * 1024 * 1024 + 1)], "a.jpg"))).toContain("超过 5M");
  });
});

describe("the orders to be settled", () => {
  it("are those chosen in the list, a hundred of them too", () => {
    const chosen = Array.from({ length: 100 }, (_, number) => `order-${number}`);
    expect(chosenOrders({ orders: chosen }, undefined)).toEqual(chosen);
  });

  it("are those that the address names where nothing was chosen", () => {
    expect(chosenOrders({ position: 3 }, "a,b,a")).toEqual(["a", "b"]);
    expect(chosenOrders(null, undefined)).toEqual([]);
  });
});
