// The shape of campaign.yaml: keys, kinds and forms of values. The editor's JSON Schema and the
// reference page are generated from it. What fits together is checked in check-definition.ts.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import type { FactType } from "../../core/definition.ts";
import { FACT_TYPE_WORDS } from "../schema/facts.ts";
import { ATTRIBUTE_NAME } from "../schema/text.ts";
import { type BeaconEntry, beaconSchema } from "./beacon-file.ts";
import { type CompensationEntry, compensationSchema } from "./compensation-file.ts";
import { type ContingencyEntry, contingencySchema } from "./contingency-file.ts";
import { type DrawEntry, drawsSchema } from "./draw-file.ts";
import {
  amount,
  choice,
  duration,
  EXPECTED,
  id,
  instant,
  salt,
  share,
  title,
} from "./file-values.ts";
import { type InviteEntry, invitesSchema } from "./invites-file.ts";
import { type ModeEntries, modeShape } from "./modes-file.ts";
import { type OverissueEntry, overissueSchema } from "./overissue-file.ts";
import { type PotEntry, potSchema } from "./pot-file.ts";
import { SURFACES } from "./surfaces.ts";
import { type WaveEntry, waveSchema } from "./wave-schema.ts";

export interface CampaignFile extends ModeEntries {
  campaign: string;
  title: string;
  currency: string;
  timeZone: string;
  budget: number;
  starts: string;
  ends: string;
  closes: string;
  settlingLag?: string;
  releaseGrace?: string;
  waves?: WaveEntry[];
  offers: OfferEntry[];
  caps?: CapEntry[];
  holdout?: { share: string | number; masked?: boolean; salt?: string };
  assignment?: "hash" | "given";
  variants?: { id: string; share: string | number }[];
  audiences?: { id: string; holdout: string | number; salt?: string }[];
  attributes?: string[];
  facts?: Record<string, FactType>;
  lists?: string[];
  surfaces?: string[];
  measure?: unknown;
  fourEyes?: boolean;
  beacon?: BeaconEntry;
  draws?: DrawEntry[];
  invites?: InviteEntry[];
  compensation?: CompensationEntry;
  overissue?: OverissueEntry;
  contingency?: ContingencyEntry;
}

export interface OfferEntry {
  id: string;
  title?: string;
  wave?: string;
  reward: { fixed?: number; table?: { amount: number; odds: number }[]; pot?: PotEntry };
  expires: { at?: string; after?: string };
  matures?: string;
  audience?: string;
  eligible?: string;
  by?: "invite";
}

export interface CapEntry {
  id: string;
  of: string;
  counts: "money" | "grants";
  per?: "total" | "day" | "hour" | "minute";
  limit: number;
  on?: "claim" | "redemption";
  refund?: boolean | "yes" | "no";
  missing?: "refuse" | "shared" | "skip";
  blockFor?: string;
}

const flag = z
  .boolean()
  .meta({ description: "Answer the held-out no_offer instead of held_out. Default: false." })
  .register(EXPECTED, { expected: "true or false" });

const tableRowSchema = z.strictObject({
  amount: amount("What the user gets."),
  odds: z
    .int()
    .min(1)
    .max(2 ** 32)
    .meta({ description: "The chance is these odds by the sum of all odds of the table." })
    .register(EXPECTED, { expected: "a whole number from 1 to 4294967296" }),
});

const offerSchema = z.strictObject({
  id: id("The offer's id: claims name it."),
  title: z.exactOptional(title("What users read. Default: the id.")),
  wave: z.exactOptional(id("The wave that it belongs to. Default: the only wave.")),
  reward: z
    .strictObject({
      fixed: z.exactOptional(amount("Everybody gets this.")),
      table: z.exactOptional(
        z
          .array(tableRowSchema)
          .min(1)
          .max(LIMITS.tableEntries)
          .meta({ description: "Luck: amounts with odds." }),
      ),
      pot: z.exactOptional(potSchema),
    })
    .meta({ description: "Exactly one of fixed, table and pot." }),
  expires: z
    .strictObject({
      at: z.exactOptional(instant("From this instant it can no longer be redeemed.")),
      after: z.exactOptional(duration("Counted from the grant.")),
    })
    .meta({ description: "Exactly one of at and after." }),
  matures: z.exactOptional(duration("Redeemable only so long after the grant. Default: at once.")),
  audience: z.exactOptional(id("Only members of this audience may claim. Default: everybody.")),
  eligible: z.exactOptional(
    z
      .string()
      .min(1)
      .max(LIMITS.conditionBytes)
      .meta({ description: "Who may claim: a condition in CEL over facts. Default: everybody." })
      .register(EXPECTED, { expected: 'a condition in CEL such as age >= 18 && inList("vip")' }),
  ),
  by: z.exactOptional(choice("invite: no claim grants it, invites do.", ["invite"])),
});

const capSchema = z.strictObject({
  id: id("The cap's id: a refusal names it."),
  of: z
    .string()
    .regex(/^(wave:|offer:)?[a-z0-9][a-z0-9_-]{0,62}$/)
    .meta({
      description:
        "What it counts by: campaign, wave, offer, user, wave:<id>, offer:<id>, or an attribute.",
    })
    .register(EXPECTED, {
      expected: "campaign, wave, offer, user, wave:<id>, offer:<id> or the name of an attribute",
    }),
  counts: choice("Money granted, or the number of grants.", ["money", "grants"]),
  per: z.exactOptional(
    choice("The window, in the campaign's zone. Default: total.", [
      "total",
      "day",
      "hour",
      "minute",
    ]),
  ),
  limit: amount("An amount where it counts money, else a whole number."),
  on: z.exactOptional(choice("When it is charged. Default: claim.", ["claim", "redemption"])),
  refund: z.exactOptional(
    z
      .union([z.boolean(), z.enum(["yes", "no"])])
      .meta({
        description: "Whether unspent grants give back. Default: no for minute and hour, else yes.",
      })
      .register(EXPECTED, { expected: "yes or no" }),
  ),
  missing: z.exactOptional(
    choice(
      "Without the attribute: refuse, count all such claims together, or skip. Default: refuse.",
      ["refuse", "shared", "skip"],
    ),
  ),
  blockFor: z.exactOptional(
    duration("Whoever claims beyond it, by user or attribute, is blocked for so long."),
  ),
});

const attributeName = z
  .string()
  .regex(ATTRIBUTE_NAME)
  .register(EXPECTED, { expected: "a name of the form [a-z][a-z0-9_]{0,31}" });

export const campaignFileSchema: z.ZodType<CampaignFile> = z
  .strictObject({
    campaign: id("The campaign's id."),
    title: title("The campaign's title."),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ description: "ISO 4217, such as CNY." })
      .register(EXPECTED, { expected: "a currency code such as CNY" }),
    timeZone: z
      .string()
      .min(1)
      .max(64)
      .meta({ description: "The zone of the campaign's calendar days, such as Asia/Shanghai." })
      .register(EXPECTED, { expected: "a time zone such as Asia/Shanghai" }),
    budget: amount("All that the campaign may ever spend."),
    starts: instant("Claims from."),
    ends: instant("Claims until, exclusive."),
    closes: instant("The last redemption."),
    settlingLag: z.exactOptional(
      duration("Expired money waits that long before it is granted again. Default: 24h."),
    ),
    releaseGrace: z.exactOptional(
      duration("What was held lives at least so long once released. Default: 24h."),
    ),
    waves: z.exactOptional(
      z
        .array(waveSchema)
        .min(1)
        .max(LIMITS.waves)
        .meta({ description: "Dated phases, in order. Default: one, from starts to ends." }),
    ),
    offers: z.array(offerSchema).min(1).max(LIMITS.offers).meta({ description: "The rewards." }),
    caps: z.exactOptional(
      z.array(capSchema).max(LIMITS.caps).meta({ description: "Everything that can run out." }),
    ),
    holdout: z.exactOptional(
      z
        .strictObject({
          share: share("How many users get nothing, by chance, so that the effect can be known."),
          masked: z.exactOptional(flag),
          salt: z.exactOptional(salt),
        })
        .meta({ description: "Users held out at their first claim. Default: nobody." }),
    ),
    assignment: z.exactOptional(
      choice("Arms by hash, or given by the caller. Default: hash.", ["hash", "given"]),
    ),
    variants: z.exactOptional(
      z
        .array(z.strictObject({ id: id("The variant's id."), share: share("Of the treated.") }))
        .min(1)
        .max(LIMITS.variants)
        .meta({ description: "Arms of the treated; shares add up to 1. Default: one, treated." }),
    ),
    audiences: z.exactOptional(
      z
        .array(
          z.strictObject({
            id: id("The audience's id."),
            holdout: share("Of its members, before contact."),
            salt: z.exactOptional(salt),
          }),
        )
        .max(LIMITS.audiences)
        .meta({ description: "Users whose arms are assigned before contact." }),
    ),
    attributes: z.exactOptional(
      z.array(attributeName).max(LIMITS.attributes).meta({
        description: "What claims and redemptions may carry, such as device or merchant.",
      }),
    ),
    facts: z.exactOptional(
      z.record(attributeName, choice("The type of the fact.", FACT_TYPE_WORDS)).meta({
        description:
          "What claims may say of their users, by name and type, for conditions. Never kept.",
      }),
    ),
    lists: z.exactOptional(
      z
        .array(id("The list's id: conditions ask inList(id)."))
        .max(LIMITS.lists)
        .meta({ description: "Lists of users, imported once the campaign is open." }),
    ),
    ...modeShape,
    surfaces: z.exactOptional(
      z.array(id("The surface's id.")).min(1).max(LIMITS.surfaces).meta(SURFACES),
    ),
    fourEyes: z.exactOptional(
      flag.meta({
        description: "Revisions wait until a second person, with another key, approves.",
      }),
    ),
    draws: z.exactOptional(drawsSchema),
    measure: z.exactOptional(
      z.unknown().meta({
        description:
          "The measurement plan, or { sha256: … } of one elsewhere; frozen at the opening.",
      }),
    ),
    beacon: z.exactOptional(beaconSchema),
    invites: z.exactOptional(invitesSchema),
    compensation: z.exactOptional(compensationSchema),
    overissue: z.exactOptional(overissueSchema),
    contingency: z.exactOptional(contingencySchema),
  })
  .meta({ title: "hongbao campaign", description: "A campaign of hongbao, in one file." });
