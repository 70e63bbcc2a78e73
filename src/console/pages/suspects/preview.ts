// The answer to a search: there is always a token with it when there is anything at all.
import type { AnswerOf } from "../../../client/index.ts";

type Answer = AnswerOf<"suspects.find">;

export interface Preview {
  token: string;
  grants: number;
  users: number;
  amountMinor: number;
  states: NonNullable<Answer["states"]>;
  largest: NonNullable<Answer["largest"]>;
  rings: NonNullable<Answer["rings"]>;
}

export function previewOf(answer: Answer): Preview {
  const { token, grants, users, amountMinor, states, largest, rings } = answer;
  return {
    token: token ?? "",
    grants: grants ?? 0,
    users: users ?? 0,
    amountMinor: amountMinor ?? 0,
    states: states ?? [],
    largest: largest ?? [],
    rings: rings ?? [],
  };
}
