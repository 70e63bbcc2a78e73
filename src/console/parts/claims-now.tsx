// What becomes of claims now, as part of a sentence: also where claims are open and nobody gets
// anything, because the money of the wave is used up and the next one has not begun.
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { useTime } from "./money.tsx";
import type { Books } from "./with-books.tsx";

export function ClaimsNow({ books, atMs }: { books: Books; atMs: number }): ReactNode {
  const time = useTime(books.timeZone);
  const dry = dryWave(books, atMs);
  if (dry === null) return <FormattedMessage id={`campaign.claims.${books.phase}`} />;
  const { wave, next } = dry;
  const values = { wave: wave ?? "", next: next?.wave ?? "", at: time(next?.fromMs ?? atMs) };
  if (wave === null) return <FormattedMessage id="campaign.claims.between" values={values} />;
  const id = next === null ? "campaign.claims.usedUp" : "campaign.claims.usedUpUntil";
  return <FormattedMessage id={id} values={values} />;
}

type Wave = Books["waves"][number];

interface Dry {
  /** Used up; null: none is under way. */
  readonly wave: string | null;
  /** Null: none is ahead. */
  readonly next: Wave | null;
}

/** Where claims are open and no wave has money for them; null: one has, or there are none. */
export function dryWave(
  { phase, waves }: Pick<Books, "phase" | "waves">,
  atMs: number,
): Dry | null {
  if (phase !== "open") return null;
  const now = waves.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  if (now.some(hasMoney)) return null;
  const ahead = waves.filter(({ fromMs }) => fromMs > atMs);
  const next = ahead.toSorted((a, b) => a.fromMs - b.fromMs)[0] ?? null;
  const wave = now[0]?.wave ?? null;
  return wave === null && next === null ? null : { wave, next };
}

function hasMoney({ budgetMinor, usedMinor }: Wave): boolean {
  return budgetMinor === null || usedMinor === null || usedMinor < budgetMinor;
}
