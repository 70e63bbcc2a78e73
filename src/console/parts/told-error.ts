// What is wrong with what somebody chose, before any server is asked: told in his language.
import type { WordName } from "../words/words.ts";

export class ToldError extends Error {
  readonly word: WordName;
  readonly values: Record<string, string | number>;

  constructor(word: WordName, values: Record<string, string | number> = {}) {
    super(word);
    this.word = word;
    this.values = values;
  }
}
