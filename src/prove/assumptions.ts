// What a verdict takes for granted since nobody said it: told below its first line, because all
// that follows rests on it.
import type { OptionStyle } from "./project/repair-option.ts";

export interface Taken {
  /** That chance assigned the arms. */
  readonly isChance: boolean;
  /** That their shares were to be equal. */
  readonly areShares: boolean;
}

/** One sentence, or none. @param style how whoever asks would say it */
export function assumptionsOf({ isChance, areShares }: Taken, style: OptionStyle): string[] {
  if (!isChance && !areShares) return [];
  const shares = areShares
    ? isChance
      ? ", in equal shares"
      : "that the arms' shares are equal"
    : "";
  const what = `${isChance ? "that chance assigned the arms" : ""}${shares}`;
  const flags = style === "flag";
  const chance = flags ? ["--randomised", "--not-randomised"] : ["plan.randomised"];
  const share = flags ? "--shares" : "sources.table.shares";
  const keys = [...(isChance ? chance : []), ...(areShares ? [share] : [])];
  const listed = keys.length === 1 ? `${keys[0]} says` : `${keys.join(", ")} say`;
  // `withoutKeys` takes the brackets off again.
  return [`Taken for granted, since nobody said it: ${what} (${listed} what it was).`];
}
