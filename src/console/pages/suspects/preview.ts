// The answer to a search: there is always a token with it when there is anything at all.
import type { AnswerOf } from "../../../client/index.ts";
import { type ActionName, possibleSteps } from "../grants/steps.ts";

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

/** What a step can touch of what was found: how many grants, and how much of which money. */
export function touchedBy(
  step: ActionName,
  { states }: Preview,
): { grants: number; amountMinor: number; spentMinor: number } {
  const touched = states.filter((one) => possibleSteps(one).includes(step));
  const moneyOf = ({ state, amountMinor, spentMinor }: (typeof touched)[number]): number => {
    if (step !== "clawback") return amountMinor - spentMinor;
    // What expired unspent has returned already.
    return state === "expired" ? spentMinor : amountMinor;
  };
  return {
    grants: touched.reduce((sum, one) => sum + one.grants, 0),
    amountMinor: touched.reduce((sum, one) => sum + moneyOf(one), 0),
    spentMinor: touched.reduce((sum, one) => sum + one.spentMinor, 0),
  };
}
