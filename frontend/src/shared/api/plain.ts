/**
 * What the contract leaves open is text: days, moments and amounts are strings of their own formats there, and null
 * where there is none.
 */
export type Plain<T> = unknown extends T
  ? string | null
  : T extends (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Name in keyof T]: Plain<T[Name]> }
      : T;
