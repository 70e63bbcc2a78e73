// Draws of a campaign file: their shape, and what becomes of them. A prize becomes an offer that
// only its draw grants, with a pot of equal packets for its stock.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import type { DrawDefinition, EarnDefinition, OfferDefinition } from "../../core/definition.ts";
import { amount, choice, duration, EXPECTED, id, instant, title } from "./file-values.ts";
import type { FilePath } from "./problems.ts";

export interface DrawEntry {
  id: string;
  title?: string;
  opens?: string;
  closes: string;
  audience?: string;
  entriesPerUser?: number;
  winsPerUser?: number;
  earn?: EarnDefinition;
  by?: "invite";
  takeUp: string;
  prizes: { id: string; title?: string; amount: number; stock: number }[];
}

const count = (what: string, most: number): z.ZodType<number> =>
  z
    .int()
    .min(1)
    .max(most)
    .meta({ description: what })
    .register(EXPECTED, { expected: `a whole number from 1 to ${most}` });

const drawSchema: z.ZodType<DrawEntry> = z.strictObject({
  id: id("The draw's id: entries name it."),
  title: z.exactOptional(title("What users read. Default: the id.")),
  opens: z.exactOptional(instant("Entries from. Default: the campaign's start.")),
  closes: instant("Entries until, exclusive; then winners are drawn."),
  audience: z.exactOptional(id("Only members of this audience may enter. Default: everybody.")),
  entriesPerUser: z.exactOptional(
    count("The most entries that a user may have. Default: 1.", LIMITS.entriesPerUser),
  ),
  winsPerUser: z.exactOptional(
    count("How often a user may win in this draw. Default: 1.", LIMITS.winsPerUser),
  ),
  earn: z.exactOptional(
    z
      .strictObject({
        invites: count("So many users accept his invites.", LIMITS.entriesPerUser),
        per: choice("Within a calendar day of the campaign's zone.", ["day"]),
      })
      .meta({
        description: "Gives an entry, at most one a user and day. Default: invites give none.",
      }),
  ),
  by: z.exactOptional(choice("invite: entries are earned, not asked for.", ["invite"])),
  takeUp: duration("How long a winner has to use his prize before a reserve winner gets it."),
  prizes: z
    .array(
      z.strictObject({
        id: id("The prize's id, as an offer's."),
        title: z.exactOptional(title("What users read. Default: the id.")),
        amount: amount("What each winner of it gets."),
        stock: count("How many there are.", LIMITS.packets),
      }),
    )
    .min(1)
    .max(LIMITS.prizes)
    .meta({ description: "In order: the first place drawn wins the first prize." }),
});

export const drawsSchema: z.ZodType<DrawEntry[]> = z
  .array(drawSchema)
  .min(1)
  .max(LIMITS.draws)
  .meta({ description: "Entries, then winners by luck." });

export interface ResolvedDraws {
  draws: DrawDefinition[];
  prizes: OfferDefinition[];
}

/** How values of the file are read, each with its place for what is wrong. */
interface Reader {
  amount: (path: FilePath, value: number) => number;
  instant: (path: FilePath, text: string) => number;
  duration: (path: FilePath, text: string) => number;
  ordinal: (path: FilePath, name: string, names: readonly string[], what: string) => number;
}

export function resolveDraws(
  file: { draws?: readonly DrawEntry[]; audiences?: readonly { id: string }[] },
  startsAtMs: number,
  read: Reader,
): ResolvedDraws {
  const resolved: ResolvedDraws = { draws: [], prizes: [] };
  const audiences = (file.audiences ?? []).map((one) => one.id);
  const audienceOf = (path: FilePath, name: string): number =>
    read.ordinal(path, name, audiences, "an audience");
  for (const [i, entry] of (file.draws ?? []).entries()) {
    const at = ["draws", i];
    const { opens, audience, entriesPerUser = 1, winsPerUser = 1, earn, by } = entry;
    resolved.draws.push({
      id: entry.id,
      title: entry.title ?? entry.id,
      opensAtMs: opens === undefined ? startsAtMs : read.instant([...at, "opens"], opens),
      closesAtMs: read.instant([...at, "closes"], entry.closes),
      audience: audience === undefined ? null : audienceOf([...at, "audience"], audience),
      entriesPerUser,
      winsPerUser,
      ...(earn === undefined ? {} : { earn }),
      ...(by === undefined ? {} : { by }),
    });
    const afterMs = read.duration([...at, "takeUp"], entry.takeUp);
    for (const [j, prize] of entry.prizes.entries()) {
      const amountMinor = read.amount([...at, "prizes", j, "amount"], prize.amount);
      const { stock: packets } = prize;
      resolved.prizes.push({
        id: prize.id,
        title: prize.title ?? prize.id,
        wave: 0,
        reward: {
          ...{ kind: "pot", totalMinor: amountMinor * packets, packets },
          ...{ minMinor: amountMinor, maxMinor: amountMinor },
        },
        expiry: { kind: "after", afterMs },
        audience: null,
        draw: i,
      });
    }
  }
  return resolved;
}

/** Where a prize of the definition stands in the file: the draw, and its place among the prizes. */
export function prizePath(offers: readonly OfferDefinition[], offer: number): FilePath {
  const { draw } = offers[offer]!;
  const first = offers.findIndex((one) => one.draw === draw);
  return ["draws", draw!, "prizes", offer - first];
}
