// What is left of an object once it is printed as JSON: numbers beyond every number are null there,
// and a reader may meet what is optional as undefined.

export type AsJson<T> = T extends number
  ? number | null
  : T extends readonly (infer Each)[]
    ? readonly AsJson<Each>[]
    : T extends object
      ? { readonly [Key in keyof T]: AsJson<T[Key]> | IfOptional<T, Key> }
      : T;

type IfOptional<T, Key extends keyof T> = object extends Pick<T, Key> ? undefined : never;
