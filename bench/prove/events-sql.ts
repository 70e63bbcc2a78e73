// The events of the made campaign in the columns and kinds of a journal's export, in the order of
// time. They are sorted as narrow rows of numbers; names and pseudonyms are put on afterwards.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import { columnTypeSql, quoteName, quoteText } from "../../src/prove/columns.ts";
import { EVENT_COLUMNS, type EventRow } from "../../src/prove/event-columns.ts";
import { DAY_MS } from "./crowd-sql.ts";

/** In the order in which events of one instant and user happen. */
const KINDS = [
  "assigned",
  "exposed",
  "granted",
  "withheld",
  "redeemed",
  "reversed",
  "cancelled",
  "expired",
] as const;
type Kind = (typeof KINDS)[number];

/** Events of a journal record, as a busy writer makes them. */
const RECORD_EVENTS = 64;
/** When reversed, hours after the redemption. */
const REVERSED_AFTER_MS = DAY_MS / 4;

/**
 * How each grant's money goes. Parts are in minor units; `reversed` takes the first part back,
 * and what was not spent in the end expires.
 */
export function fatesSql(): string {
  return `CREATE TABLE fates AS
    SELECT ordinal, i, key, at_ms, amount, card, cancelled,
      first, second, reversed, redeemed_at,
      CASE WHEN cancelled THEN 0 ELSE amount - first - second + reversed END AS breakage
    FROM (
      SELECT *, CASE WHEN first > 0 AND grant_draw(key, 4) < 0.02 THEN first ELSE 0 END AS reversed
      FROM (
        SELECT *, fate < 0.03 AS cancelled,
          CASE WHEN fate < 0.22 THEN 0 WHEN fate < 0.52 THEN amount - amount // 3
            ELSE amount END AS first,
          CASE WHEN fate >= 0.42 AND fate < 0.52 THEN amount // 3 ELSE 0 END AS second,
          at_ms + (grant_draw(key, 5) * 4 * ${DAY_MS})::BIGINT AS redeemed_at
        FROM claims WHERE arm = 1
      )
    )`;
}

/** Sorted narrow rows; the number of a row is its place. */
export function timelineSql(definition: CampaignDefinition): string {
  return `CREATE TABLE timeline AS
      ${narrowSql(definition)}
      ORDER BY at_ms, kind, i, ordinal, redemption`;
}

export function eventsSql(definition: CampaignDefinition): string {
  const list = EVENT_COLUMNS.map(({ name, type }) => {
    const column = columnSql(name, definition);
    return `CAST(${column} AS ${columnTypeSql(type)}) AS ${quoteName(name)}`;
  });
  return `SELECT ${list.join(",\n      ")} FROM timeline`;
}

function columnSql(name: keyof EventRow, definition: CampaignDefinition): string {
  switch (name) {
    case "sequence":
      return `1 + rowid // ${RECORD_EVENTS}`;
    case "index":
      return `rowid % ${RECORD_EVENTS}`;
    case "atMs":
      return "at_ms";
    case "kind":
      return choose("kind", KINDS);
    case "campaign":
      return quoteText(definition.id);
    case "user":
      return "CASE WHEN i >= 0 THEN pseudonym('user', i) END";
    case "audience":
      return `CASE WHEN source = 3 THEN ${quoteText(definition.audiences[0]?.id ?? "")} END`;
    case "assignedBy":
      return choose("source", ["claim", "offers", "", "audience"]);
    case "offer":
      return choose("offer", ["card", "envelope"]);
    case "id":
      return "CASE WHEN id_key >= 0 THEN pseudonym('id', id_key) END";
    case "amountMinor":
      return "amount";
    case "restMinor":
      return "rest";
    case "grant":
      return `CASE WHEN kind <> ${KINDS.indexOf("withheld")} THEN ordinal END`;
    case "rehearsal":
      return "false";
    case "wouldStatus":
      return `CASE WHEN kind = ${KINDS.indexOf("withheld")} THEN 'granted' END`;
    case "probability":
      return "NULL";
    case "exposure":
      return `CASE WHEN kind = ${KINDS.indexOf("exposed")} THEN 'offers' END`;
    case "exposedAtMs":
      return `CASE WHEN kind = ${KINDS.indexOf("exposed")} THEN at_ms END`;
    case "arm":
    case "redemption":
      return name;
  }
}

/** A small number by name; null stays null. */
function choose(column: string, names: readonly string[]): string {
  const cases = names.map((name, ordinal) => `WHEN ${ordinal} THEN ${quoteText(name)}`);
  return `CASE ${column} ${cases.join(" ")} END`;
}

/** An identity that no other event has: sixteen for each grant's key. */
const idKey = (nth: number): string => `key * 16 + ${nth}`;

function narrowSql({ offers }: CampaignDefinition): string {
  const expiry = offers[0]?.expiry;
  const expiresAtMs = expiry?.kind === "at" ? expiry.atMs : 0;
  const latest = (at: string): string => `least(${at}, ${expiresAtMs - 1})`;
  const offer = "(NOT card)::TINYINT";
  const source = "CASE WHEN member THEN 3 WHEN by_offers THEN 1 ELSE 0 END";
  const second = latest(`redeemed_at + ${DAY_MS}`);
  const granted = { i: "i", arm: "arm", offer, ordinal: "ordinal", id: idKey(0) };
  const parts = [
    { kind: "assigned", from: "users", at: "assigned_at", i: "i", arm: "arm", source },
    { kind: "exposed", from: "users WHERE came", at: "came_at", i: "i" },
    { kind: "withheld", from: "claims WHERE arm = 0", at: "at_ms", ...granted, amount: "amount" },
    { kind: "granted", from: "claims WHERE arm = 1", at: "at_ms", ...granted, amount: "amount" },
    {
      ...redeemed("first", 0, idKey(1)),
      at: latest("redeemed_at"),
      rest: "amount - first",
    },
    { ...redeemed("second", 1, idKey(2)), at: second, rest: "0" },
    {
      ...redeemed("reversed", 0, idKey(3)),
      kind: "reversed",
      at: latest(`redeemed_at + ${REVERSED_AFTER_MS}`),
    },
    {
      kind: "cancelled",
      from: "fates WHERE cancelled",
      i: "i",
      at: latest("redeemed_at"),
      ordinal: "ordinal",
      amount: "amount",
      id: idKey(4),
    },
    {
      kind: "expired",
      from: "fates WHERE breakage > 0",
      i: "i",
      at: `${expiresAtMs} + ordinal // 10000`,
      ordinal: "ordinal",
      amount: "breakage",
    },
  ] satisfies Narrow[];
  return parts.map(narrowPart).join("\n      UNION ALL ");
}

interface Narrow {
  readonly kind: Kind;
  readonly from: string;
  readonly at: string;
  readonly i?: string;
  readonly arm?: string;
  readonly source?: string;
  readonly offer?: string;
  readonly ordinal?: string;
  readonly redemption?: string;
  readonly amount?: string;
  readonly rest?: string;
  readonly id?: string;
}

/** A payment of `amount`, where there is one. */
function redeemed(amount: string, nth: 0 | 1, id: string) {
  const redemption = `ordinal * 2 + ${nth}`;
  return {
    kind: "redeemed",
    from: `fates WHERE ${amount} > 0`,
    i: "i",
    ordinal: "ordinal",
    redemption,
    amount,
    id,
  } as const;
}

function narrowPart(part: Narrow): string {
  const none = "NULL";
  return `SELECT ${KINDS.indexOf(part.kind)}::TINYINT AS kind, (${part.at})::BIGINT AS at_ms,
        ${part.i ?? none}::INTEGER AS i, ${part.arm ?? none}::TINYINT AS arm,
        (${part.source ?? none})::TINYINT AS source, ${part.offer ?? none}::TINYINT AS offer,
        ${part.ordinal ?? none}::INTEGER AS ordinal,
        (${part.redemption ?? none})::INTEGER AS redemption,
        (${part.amount ?? none})::INTEGER AS amount, (${part.rest ?? none})::INTEGER AS rest,
        (${part.id ?? none})::BIGINT AS id_key
      FROM ${part.from}`;
}
