// Every language has the same words: one that lacks one does not compile.
import type { en } from "./en.ts";

export type WordName = keyof typeof en;
export type Words = Readonly<Record<WordName, string>>;
