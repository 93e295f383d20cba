/** Days, moments and amounts of money come as strings; the contract's schemas do not name a type for them. */

/** What a service told, with those fields as `string | null`, at every depth. */
export type Told<T> = unknown extends T
  ? string | null
  : T extends (infer Each)[]
    ? Told<Each>[]
    : T extends object
      ? { [Name in keyof T]: Told<T[Name]> }
      : T;

/** The same where none of these fields can be null. */
export type Given<T> = unknown extends T ? string : T extends (infer Each)[] ? Given<Each>[] : T extends object ? { [Name in keyof T]: Given<T[Name]> } : T;
