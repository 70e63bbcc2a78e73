// What a search for grants asks of each, made ready: names into ordinals, once, so that millions of
// grants can be looked through a slice at a time.
import type { HongbaoError } from "../../base/error.ts";
import { invalidRequest } from "../../contract/errors.ts";
import type { SuspectFilter } from "../../contract/schema/suspects.ts";
import { ATTRIBUTES_AT, emptyCommand, USER_AT } from "../../core/command.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { MERCHANT } from "../../core/rules.ts";
import type { WordColumn } from "../../core/tables/columns.ts";
import { waveOfOffer } from "../../core/wave-of-offer.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import { grantStateAt } from "../views.ts";

const COMMAND = emptyCommand();

export interface ReadyFilter {
  /** Whether a grant has all that was asked, a ring apart. */
  fits: (grant: number, atMs: number) => boolean;
  /** By grant: the value that a ring shares, + 1. */
  ringOf: WordColumn | null;
  above: number;
}

/** Throws HongbaoError `invalid_request` where a name is not known. */
export function readyFilter(open: OpenCampaign, where: SuspectFilter): ReadyFilter {
  const { state, names } = open;
  const { definition } = names;
  const offers = ordinalsOf(
    where.offers,
    "offers",
    definition.offers.map(({ id }) => id),
  );
  const waves = offersOfWaves(definition, where.waves);
  const states = where.states === undefined ? null : new Set(where.states);
  const users = where.users === undefined ? null : usersOf(open, where.users);
  const values = where.values === undefined ? null : valuesOf(open, where.values);
  const spentThere = where.merchant === undefined ? null : grantsAt(open, where.merchant);
  const { fromMs = 0, toMs = Infinity, minMinor = 0, maxMinor = Infinity } = where;
  const fits = (grant: number, atMs: number): boolean => {
    const offer = state.grantOffer(grant);
    const amountMinor = state.grantAmount.get(grant);
    const grantedAtMs = state.grantedAtMs(grant);
    return (
      (offers === null || offers.has(offer)) &&
      (waves === null || waves.has(offer)) &&
      amountMinor >= minMinor &&
      amountMinor <= maxMinor &&
      grantedAtMs >= fromMs &&
      grantedAtMs < toMs &&
      (users === null || users.has(state.grantUser.get(grant))) &&
      (values === null || values.rows.has(values.column.get(grant) - 1)) &&
      (spentThere === null || spentThere.has(grant)) &&
      (states === null || states.has(grantStateAt(state, grant, atMs)))
    );
  };
  const { ring } = where;
  const ringOf = ring === undefined ? null : columnOf(open, ring.by, "ring.by");
  return { fits, ringOf, above: ring?.above ?? 0 };
}

/** Offers that belong to one of these waves; prizes and compensation belong to none. */
function offersOfWaves(
  definition: CampaignDefinition,
  wanted: readonly string[] | undefined,
): Set<number> | null {
  const known = definition.waves.map(({ id }) => id);
  const waves = ordinalsOf(wanted, "waves", known);
  if (waves === null) return null;
  const ofWaves = definition.offers.flatMap((offer, ordinal) => {
    const wave = waveOfOffer(definition, offer);
    return wave !== null && waves.has(known.indexOf(wave.id)) ? [ordinal] : [];
  });
  return new Set(ofWaves);
}

function ordinalsOf(
  wanted: readonly string[] | undefined,
  field: string,
  known: readonly string[],
): Set<number> | null {
  if (wanted === undefined) return null;
  return new Set(
    wanted.map((id) => {
      const ordinal = known.indexOf(id);
      if (ordinal < 0) throw unknown(field, known);
      return ordinal;
    }),
  );
}

function usersOf({ state, names }: OpenCampaign, users: readonly string[]): Set<number> {
  const found = users.map((user) => {
    names.pseudonyms.setUser(COMMAND, user);
    return state.users.find(COMMAND.keys, USER_AT);
  });
  return new Set(found);
}

function valuesOf(
  open: OpenCampaign,
  { by, is }: NonNullable<SuspectFilter["values"]>,
): { column: WordColumn; rows: Set<number> } {
  const column = columnOf(open, by, "values.by");
  return { column, rows: new Set(is.map((value) => rowOf(open, by, value))) };
}

function rowOf({ state, names }: OpenCampaign, by: string, value: string): number {
  const attribute = names.definition.attributes.indexOf(by);
  names.pseudonyms.setAttributes(COMMAND, { [by]: value });
  const row = state.attributes[attribute]!.find(COMMAND.keys, ATTRIBUTES_AT + 4 * attribute);
  // Grants without the attribute have no row: -1.
  return row < 0 ? Number.NaN : row;
}

/** Only values that a cap on claims counts by are kept with the grant. */
function columnOf({ state, names }: OpenCampaign, by: string, field: string): WordColumn {
  const { attributes } = names.definition;
  const column = state.grantAttribute[attributes.indexOf(by)];
  if (column != null) return column;
  const counted = attributes.filter((_, i) => state.grantAttribute[i] !== null);
  throw unknown(field, counted);
}

function grantsAt(open: OpenCampaign, merchant: string): Set<number> {
  const { state, names } = open;
  const attribute = names.definition.attributes.indexOf(MERCHANT);
  const column = state.redemptionAttribute[attribute];
  if (column == null) throw unknown("merchant", ["none: no redemption names its merchant"]);
  const row = rowOf(open, MERCHANT, merchant);
  const grants = new Set<number>();
  for (let i = 0; i < state.redemptionCount; i++) {
    if (column.get(i) === row + 1) grants.add(state.redemptionGrant.get(i));
  }
  return grants;
}

function unknown(field: string, known: readonly string[]): HongbaoError {
  const expected = `one of ${known.join(", ") || "none"}`;
  return invalidRequest(`$.where.${field}`, expected, "another name");
}
