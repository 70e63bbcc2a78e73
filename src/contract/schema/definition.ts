// The schema of a campaign definition in JSON: exactly core/definition.ts. What fits together
// across fields is checked by campaign-file/check-definition.ts, for files and JSON alike.
import { z } from "zod";
import { DRAND_SCHEMES } from "../../base/drand.ts";
import { LIMITS } from "../../base/limits.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { FACT_TYPE_WORDS } from "./facts.ts";
import { ATTRIBUTE_NAME, amountSchema, campaignIdSchema, instantSchema } from "./text.ts";

const shareSchema = z.number().min(0).max(1).meta({ description: "0 to 1." });
const durationSchema = z.int().min(0).meta({ description: "Milliseconds." });
const saltSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ description: "16 bytes in hex." });
const titleSchema = z.string().max(200);
const ordinalSchema = z.int().min(0);

const waveSchema = z.strictObject({
  id: campaignIdSchema,
  fromMs: instantSchema("Claims from."),
  toMs: instantSchema("Claims until, exclusive."),
  budgetMinor: amountSchema("Minor units.").nullable(),
});

const rewardSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fixed"), amountMinor: amountSchema("Minor units.") }),
  z.strictObject({
    kind: z.literal("table"),
    entries: z
      .array(
        z.strictObject({
          amountMinor: amountSchema("Minor units."),
          odds: z
            .int()
            .min(1)
            .max(2 ** 32),
        }),
      )
      .min(1)
      .max(LIMITS.tableEntries),
  }),
  z.strictObject({
    kind: z.literal("pot"),
    totalMinor: amountSchema("Minor units; what all packets add up to."),
    packets: z.int().min(1).max(LIMITS.packets),
    minMinor: amountSchema("Minor units; the least that a packet holds."),
    maxMinor: amountSchema("Minor units; the most that a packet holds."),
  }),
  z.strictObject({
    kind: z.literal("compensation"),
    amountMinor: amountSchema("Minor units; what a line gets that names no amount."),
    maxMinor: amountSchema("Minor units; the most that a line may name."),
  }),
]);

const expirySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("at"), atMs: instantSchema("When it expires.") }),
  z.strictObject({
    kind: z.literal("after"),
    afterMs: z.int().min(1).meta({ description: "Milliseconds from the grant." }),
  }),
]);

const offerSchema = z.strictObject({
  id: campaignIdSchema,
  title: titleSchema,
  wave: ordinalSchema.meta({ description: "Ordinal into waves." }),
  reward: rewardSchema,
  expiry: expirySchema,
  maturesMs: z.exactOptional(durationSchema),
  audience: ordinalSchema.nullable().meta({ description: "Ordinal into audiences, or null." }),
  eligible: z.exactOptional(z.string().meta({ description: "A condition in CEL." })),
  draw: z.exactOptional(ordinalSchema.meta({ description: "A prize: ordinal into draws." })),
  by: z.exactOptional(z.enum(["invite"]).meta({ description: "Claims of it are refused." })),
});

const capSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9:-]{0,79}$/),
  dimension: z.string().min(1).max(80),
  counts: z.enum(["money", "grants"]),
  per: z.enum(["total", "day", "hour", "minute"]),
  limit: z.int().min(0),
  on: z.enum(["claim", "redemption"]),
  refund: z.boolean(),
  missing: z.enum(["refuse", "shared", "skip"]),
  blockMs: z.exactOptional(
    durationSchema.meta({ description: "Whoever claims beyond it is blocked for so long." }),
  ),
  curve: z.exactOptional(
    z.strictObject({
      points: z
        .array(z.strictObject({ atMs: z.int(), share: shareSchema }))
        .min(1)
        .max(LIMITS.curvePoints),
      unused: z.enum(["now", "spread"]),
    }),
  ),
});

const assignmentSchema = z.strictObject({
  source: z.enum(["hash", "given"]),
  holdoutShare: shareSchema,
  variants: z
    .array(z.strictObject({ id: campaignIdSchema, share: shareSchema }))
    .min(1)
    .max(LIMITS.variants),
  masked: z.boolean(),
  salt: saltSchema,
});

const hexSchema = (pattern: RegExp): z.ZodType<string> => z.string().regex(pattern);

const beaconDefinitionSchema = z.strictObject({
  chain: z.strictObject({
    hash: hexSchema(/^[0-9a-f]{64}$/),
    publicKey: hexSchema(/^([0-9a-f]{96}|[0-9a-f]{192})$/),
    scheme: z.enum(DRAND_SCHEMES),
    genesisAtMs: instantSchema("When round 1 was due."),
    periodMs: z.int().min(1000).max(86_400_000).meta({ description: "Milliseconds." }),
  }),
  round: z
    .int()
    .min(1)
    .max(2 ** 40),
});

const drawSchema = z.strictObject({
  id: campaignIdSchema,
  title: titleSchema,
  opensAtMs: instantSchema("Entries from."),
  closesAtMs: instantSchema("Entries until, exclusive."),
  audience: ordinalSchema.nullable().meta({ description: "Ordinal into audiences, or null." }),
  entriesPerUser: z.int().min(1).max(LIMITS.entriesPerUser),
  winsPerUser: z.int().min(1).max(LIMITS.winsPerUser),
  earn: z.exactOptional(
    z.strictObject({
      invites: z.int().min(1).max(LIMITS.entriesPerUser),
      per: z.enum(["day"]),
    }),
  ),
  by: z.exactOptional(z.enum(["invite"]).meta({ description: "Nobody can ask for an entry." })),
});

const inviteSchema = z.strictObject({
  id: campaignIdSchema,
  inviterOffer: ordinalSchema.meta({ description: "Ordinal into offers." }),
  invitedOffer: ordinalSchema.meta({ description: "Ordinal into offers." }),
  fromMs: instantSchema("Codes are made and accepted from."),
  toMs: instantSchema("Until, exclusive."),
  openMs: z
    .int()
    .min(1)
    .nullable()
    .meta({ description: "A code is open so many milliseconds; null: until toMs." }),
  uses: z.int().min(1).max(0xffffffff).meta({ description: "Acceptances that a code takes." }),
  accepts: z.enum(["new", "anyone"]).meta({ description: "new: who has no grant yet." }),
});

export const definitionSchema: z.ZodType<CampaignDefinition> = z.strictObject({
  id: campaignIdSchema,
  title: titleSchema,
  currency: z.string().regex(/^[A-Z]{3}$/),
  decimals: z.int().min(0).max(4),
  timeZone: z.string().min(1).max(64),
  budgetMinor: amountSchema("Minor units."),
  startsAtMs: instantSchema("Claims from."),
  endsAtMs: instantSchema("Claims until, exclusive."),
  closesAtMs: instantSchema("The last instant of a redemption."),
  settlingLagMs: durationSchema,
  releaseGraceMs: z.exactOptional(durationSchema),
  waves: z.array(waveSchema).min(1).max(LIMITS.waves),
  offers: z.array(offerSchema).min(1).max(LIMITS.offers),
  caps: z.array(capSchema).max(LIMITS.caps),
  assignment: assignmentSchema,
  audiences: z
    .array(z.strictObject({ id: campaignIdSchema, holdoutShare: shareSchema, salt: saltSchema }))
    .max(LIMITS.audiences),
  attributes: z.array(z.string().regex(ATTRIBUTE_NAME)).max(LIMITS.attributes),
  dayStartsMs: z.array(z.int()).min(1).max(LIMITS.campaignDays),
  planHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  fourEyes: z.exactOptional(z.literal(true)),
  beacon: z.exactOptional(beaconDefinitionSchema),
  facts: z.exactOptional(
    z
      .array(
        z.strictObject({ name: z.string().regex(ATTRIBUTE_NAME), type: z.enum(FACT_TYPE_WORDS) }),
      )
      .max(LIMITS.facts),
  ),
  surfaces: z.exactOptional(z.array(campaignIdSchema).min(1).max(LIMITS.surfaces)),
  lists: z.exactOptional(z.array(z.strictObject({ id: campaignIdSchema })).max(LIMITS.lists)),
  draws: z.exactOptional(z.array(drawSchema).min(1).max(LIMITS.draws)),
  invites: z.exactOptional(z.array(inviteSchema).min(1).max(LIMITS.invites)),
  rehearsal: z.exactOptional(z.literal(true)),
  grey: z.exactOptional(
    z.strictObject({
      share: shareSchema,
      salt: saltSchema,
      untilMs: z.exactOptional(instantSchema("From then on everybody is let in.")),
    }),
  ),
  contingency: z.exactOptional(
    z.strictObject({
      line: titleSchema,
      limitMinor: amountSchema("Minor units, beside the budget."),
    }),
  ),
  overissue: z.exactOptional(
    z.strictObject({
      factor: z.number().min(1).max(10).meta({ description: "Times the budget." }),
      redeemedShare: shareSchema,
      deviation: shareSchema,
      atMost: shareSchema,
    }),
  ),
});
