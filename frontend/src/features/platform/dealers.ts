/** The fields of a dealer, as the form and the comparisons show them. */
import { readSpaced } from "@/shared/typed";
import type { Dealer, NewDealer } from "./calls";

export interface DealerField {
  name: keyof NewDealer;
  label: string;
  placeholder: string;
  longest?: number;
  /** Puts a pasted number right; such a field cuts nothing. */
  read?: (text: string) => string;
  /** What is wrong with the text, empty when nothing is. */
  wrong: (text: string) => string;
}

const atLeast = (least: number, what: string) => (text: string): string => (text.length < least ? `请填写${what}${least > 1 ? `，至少 ${least} 个字` : ""}` : "");

export const NAME_FIELD: DealerField = { name: "name", label: "经销商名称", placeholder: "与营业执照一致", longest: 100, wrong: atLeast(2, "经销商名称") };

export const ACCOUNT_FIELDS: DealerField[] = [
  { name: "bank_account_name", label: "收款户名", placeholder: "单位对公账户的户名", longest: 100, wrong: atLeast(2, "收款户名") },
  { name: "bank_name", label: "收款银行", placeholder: "写到支行", longest: 100, wrong: atLeast(2, "收款银行") },
  { name: "bank_account_number", label: "收款账号", placeholder: "", read: readSpaced, wrong: (text) => (/^\d[\d -]{4,30}\d$/.test(text) ? "" : "请填写银行账号，只含数字、空格或连字符") },
];

export const CONTACT_FIELDS: DealerField[] = [
  { name: "contact_name", label: "商务联系人", placeholder: "培训单位结算时看到的商务专员", longest: 50, wrong: atLeast(1, "商务联系人") },
  { name: "contact_phone", label: "联系电话", placeholder: "", read: readSpaced, wrong: (text) => (/^\+?\d[\d ()-]{4,28}$/.test(text) ? "" : "请填写电话号码") },
];

export const DEALER_FIELDS = [NAME_FIELD, ...ACCOUNT_FIELDS, ...CONTACT_FIELDS];

export function editOf(dealer: Dealer): NewDealer {
  return Object.fromEntries(DEALER_FIELDS.map(({ name }) => [name, dealer[name]])) as unknown as NewDealer;
}
