// `invites` of a campaign file: what each side of an acceptance gets, how long a code is open, and
// how many users anybody may bring, which is a cap like everything else that can run out.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import { INVITER } from "../../core/caps/caps.ts";
import type {
  CapDefinition,
  InviteDefinition,
  OfferDefinition,
  WaveDefinition,
} from "../../core/definition.ts";
import { choice, duration, EXPECTED, id, instant } from "./file-values.ts";
import type { FilePath } from "./problems.ts";

export interface InviteEntry {
  id: string;
  inviter: string;
  invited: string;
  from?: string;
  to?: string;
  openFor?: string;
  uses?: number;
  accepts?: "new" | "anyone";
  perInviter?: { day?: number; total?: number };
}

const count = (what: string): z.ZodType<number> =>
  z
    .int()
    .min(1)
    .max(0xffffffff)
    .meta({ description: what })
    .register(EXPECTED, { expected: "a whole number from 1 on" });

const inviteSchema: z.ZodType<InviteEntry> = z.strictObject({
  id: id("The invite's id: requests for a code name it."),
  inviter: id("The offer that whoever invites gets."),
  invited: id("The offer that whoever accepts gets."),
  from: z.exactOptional(
    instant("Codes are made and accepted from here. Default: from when both offers are open."),
  ),
  to: z.exactOptional(instant("Until here, exclusive. Default: as long as both offers are open.")),
  openFor: z.exactOptional(duration("A code is open that long. Default: until `to`.")),
  uses: z.exactOptional(count("How many users may accept one code. Default: 1.")),
  accepts: z.exactOptional(
    choice("Who may accept: users without any grant so far, or anyone. Default: new.", [
      "new",
      "anyone",
    ]),
  ),
  perInviter: z.exactOptional(
    z
      .strictObject({
        day: z.exactOptional(count("In a calendar day.")),
        total: z.exactOptional(count("In the whole campaign.")),
      })
      .meta({ description: "At most so many acceptances are rewarded. Default: no limit." }),
  ),
});

export const invitesSchema: z.ZodType<InviteEntry[]> = z
  .array(inviteSchema)
  .min(1)
  .max(LIMITS.invites)
  .meta({ description: "Who invites whom for what. Default: there are no invites." });

/** How a campaign file's values are read; what cannot be read becomes a finding. */
export interface InviteReaders {
  instant(path: FilePath, text: string): number;
  duration(path: FilePath, text: string): number;
  offer(path: FilePath, name: string): number;
}

interface InvitesFrame {
  offers: readonly OfferDefinition[];
  waves: readonly WaveDefinition[];
  startsAtMs: number;
  endsAtMs: number;
}

/** As long as the waves of both offers last, unless the file says otherwise. */
export function inviteSpan(
  { offers, waves, startsAtMs, endsAtMs }: InvitesFrame,
  both: readonly number[],
): { fromMs: number; toMs: number } {
  const theirs = both.flatMap((offer) => waves[offers[offer]?.wave ?? -1] ?? []);
  return {
    fromMs: Math.max(startsAtMs, ...theirs.map((wave) => wave.fromMs)),
    toMs: Math.min(endsAtMs, ...theirs.map((wave) => wave.toMs)),
  };
}

export function resolveInvites(
  entries: readonly InviteEntry[],
  campaign: InvitesFrame,
  read: InviteReaders,
): InviteDefinition[] {
  return entries.map((entry, i) => {
    const at = ["invites", i];
    const inviterOffer = read.offer([...at, "inviter"], entry.inviter);
    const invitedOffer = read.offer([...at, "invited"], entry.invited);
    const usual = inviteSpan(campaign, [inviterOffer, invitedOffer]);
    const { from, to, openFor } = entry;
    const fromMs = from === undefined ? usual.fromMs : read.instant([...at, "from"], from);
    const toMs = to === undefined ? usual.toMs : read.instant([...at, "to"], to);
    return {
      id: entry.id,
      inviterOffer,
      invitedOffer,
      fromMs,
      toMs,
      openMs: openFor === undefined ? null : read.duration([...at, "openFor"], openFor),
      uses: entry.uses ?? 1,
      accepts: entry.accepts ?? "new",
    };
  });
}

/** An acceptance stays one whatever becomes of the reward, so that nothing gives a place back. */
export function inviterCaps(entries: readonly InviteEntry[]): CapDefinition[] {
  return entries.flatMap(({ id, perInviter = {} }) =>
    (["day", "total"] as const).flatMap((per): CapDefinition[] => {
      const limit = perInviter[per];
      if (limit === undefined) return [];
      const how = { counts: "grants", on: "claim", refund: false, missing: "refuse" } as const;
      return [{ id: `invites:${id}:${per}`, dimension: INVITER + id, per, limit, ...how }];
    }),
  );
}
