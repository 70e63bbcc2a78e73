// What becomes of claims now, as part of a sentence: also where claims are open and nobody gets
// anything, because what is left grants no reward and the next wave has not begun.
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { useTime } from "./money.tsx";
import type { Books } from "./with-books.tsx";

export function ClaimsNow({ books, atMs }: { books: Books; atMs: number }): ReactNode {
  const time = useTime(books.timeZone);
  const dry = dryWave(books, atMs);
  if (dry === null) return <FormattedMessage id={`campaign.claims.${books.phase}`} />;
  const { wave, next, isShared } = dry;
  const values = { wave: wave ?? "", next: next?.wave ?? "", at: time(next?.fromMs ?? atMs) };
  if (wave === null) return <FormattedMessage id="campaign.claims.between" values={values} />;
  if (next !== null) return <FormattedMessage id="campaign.claims.usedUpUntil" values={values} />;
  const id = isShared ? "campaign.claims.out" : "campaign.claims.usedUp";
  return <FormattedMessage id={id} values={values} />;
}

type Wave = Books["waves"][number];

interface Dry {
  /** Used up; null: none is under way. */
  readonly wave: string | null;
  /** Whether it has no money of its own, so that it is the campaign's that is used up. */
  readonly isShared: boolean;
  /** The next one that can give something; null: none can. */
  readonly next: Wave | null;
}

/** Where claims are open and no wave can grant any; null: one can, or there are none. */
export function dryWave(
  { phase, waves }: Pick<Books, "phase" | "waves">,
  atMs: number,
): Dry | null {
  if (phase !== "open") return null;
  const now = waves.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  if (now.some(({ isUsedUp }) => !isUsedUp)) return null;
  const ahead = waves.filter(({ fromMs, isUsedUp }) => fromMs > atMs && !isUsedUp);
  const next = ahead.toSorted((a, b) => a.fromMs - b.fromMs)[0] ?? null;
  const wave = now[0]?.wave ?? null;
  const isShared = now[0]?.budgetMinor === null;
  return wave === null && next === null ? null : { wave, isShared, next };
}
