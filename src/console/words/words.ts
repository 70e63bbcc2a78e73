// Every language has the same words: one that lacks one does not compile.
import type { en } from "./en.ts";
import type { grantsEn } from "./grants.en.ts";

export type GrantWords = Readonly<Record<keyof typeof grantsEn, string>>;
export type WordName = keyof typeof en | keyof GrantWords;
export type Words = Readonly<Record<WordName, string>>;
