// Users, grants and visits of the made campaign, as SQL. Every draw is a hash of what it is for, so
// that the same seed gives the same campaign whatever the number of threads.
import type { CampaignDefinition } from "../../src/core/definition.ts";

export const DAY_MS = 86_400_000;
/** Days over which users are watched after they were assigned. */
const WATCHED_DAYS = 35;

/**
 * sBG with alpha 1 and this beta: a share beta / (beta + t) is still there after t days. The
 * treated stay longer; this is the effect that the report has to find.
 */
const STAY_BETA = {
  comer: { heldOut: 5.7, treated: 6.9 },
  member: { heldOut: 8, treated: 9.5 },
} as const;
/** Chance that somebody who has not left comes on a given day. */
const VISIT_CHANCE = 0.28;

/** Numbers that keep the draws of one user apart; day d of a visit is VISIT + d. */
const DRAW = {
  member: 0,
  arm: 1,
  arrival: 2,
  came: 3,
  claims: 4,
  stay: 5,
  platform: 6,
  habit: 7,
  taste: 8,
  offersFirst: 9,
  visit: 64,
} as const;

/** `draw(i, k)` in [0, 1) of user i; `grant_draw(g, k)` of grant key g, k below 16. */
export function macrosSql(seed: number): string[] {
  const unit = (key: string): string => `(hash(${key}) / 18446744073709551616.0)`;
  const users = seed * 2 ** 40;
  return [
    `CREATE MACRO draw(i, k) AS ${unit(`(${users} + i * 256 + k)::BIGINT`)}`,
    `CREATE MACRO grant_draw(g, k) AS ${unit(`(${users + 2 ** 39} + g * 16 + k)::BIGINT`)}`,
    `CREATE MACRO pseudonym(kind, n) AS md5('${seed}' || kind || n)`,
    `CREATE MACRO came_on(i, stay, d) AS
       (d < stay AND draw(i, ${DRAW.visit} + d) < ${VISIT_CHANCE})`,
  ];
}

/**
 * One row a user: member of the audience, arm, when assigned, days until gone, claims. Comers were
 * assigned when they claimed or first saw the offers, members before; 60 % of those came.
 */
export function usersSql(users: number, { startsAtMs, endsAtMs }: CampaignDefinition): string {
  const { comer, member } = STAY_BETA;
  return `CREATE TABLE users AS
    WITH drawn AS (
      SELECT i, draw(i, ${DRAW.member}) < 0.2 AS member,
        (draw(i, ${DRAW.arm}) >= 0.02)::TINYINT AS arm,
        ${startsAtMs} + (draw(i, ${DRAW.arrival}) * ${endsAtMs - startsAtMs})::BIGINT AS came_at,
        draw(i, ${DRAW.came}) < 0.6 AS persuaded,
        draw(i, ${DRAW.offersFirst}) < 0.25 AS offers_first
      FROM range(${users}) AS r(i)
    ), placed AS (
      SELECT *, (NOT member OR persuaded) AS came,
        CASE WHEN member AND arm = 1 THEN ${member.treated} WHEN member THEN ${member.heldOut}
          WHEN arm = 1 THEN ${comer.treated} ELSE ${comer.heldOut} END AS beta
      FROM drawn
    )
    SELECT i::INTEGER AS i, member, arm, came_at, came, (NOT member AND offers_first) AS by_offers,
      CASE WHEN member THEN ${startsAtMs} ELSE came_at END AS assigned_at,
      beta * (1 / greatest(draw(i, ${DRAW.stay}), 1e-12) - 1) AS stay,
      CASE WHEN came THEN least(30,
        1 + floor(-3.33 * ln(greatest(draw(i, ${DRAW.claims}), 1e-9))))::TINYINT
        ELSE 0 END AS claims
    FROM placed`;
}

/**
 * One row a claim, numbered in the order of time. `fate` decides how a grant's money ends; of the
 * held-out, what they would have got.
 */
export function claimsSql({ endsAtMs, offers }: CampaignDefinition): string {
  const card = offers.find((offer) => offer.id === "card")?.reward;
  const amountMinor = card?.kind === "fixed" ? card.amountMinor : 0;
  return `CREATE TABLE claims AS
    SELECT row_number() OVER (ORDER BY at_ms, key)::INTEGER AS ordinal, * FROM (
      SELECT key, i, arm, card, at_ms,
        CASE WHEN card THEN ${amountMinor} WHEN luck < 0.01 THEN 8800 WHEN luck < 0.4 THEN 880
          ELSE 288 END::INTEGER AS amount,
        grant_draw(key, 3) AS fate
      FROM (
        SELECT i, arm, i::BIGINT * 32 + nth AS key,
          grant_draw(i::BIGINT * 32 + nth, 0) < 0.7 AS card,
          grant_draw(i::BIGINT * 32 + nth, 1) AS luck,
          CASE WHEN nth = 0 THEN came_at
            ELSE came_at + (grant_draw(i::BIGINT * 32 + nth, 2) * (${endsAtMs} - came_at))::BIGINT
            END AS at_ms
        FROM (SELECT i, arm, came_at, unnest(range(claims)) AS nth FROM users)
      )
    )`;
}

export function outcomesSql(): string {
  return `SELECT pseudonym('user', i) AS "user",
      came_on(i, stay, 7)::INTEGER AS d7, came_on(i, stay, 30)::INTEGER AS d30,
      orders, ceil(orders * 0.7)::INTEGER AS paid,
      round(orders * (12 + 50 * draw(i, ${DRAW.taste})), 2) AS spend,
      CASE WHEN device < 0.55 THEN 'android' WHEN device < 0.95 THEN 'ios' ELSE 'web' END
        AS platform,
      round(greatest(0, 60 * habit - 12 + 10 * draw(i, ${DRAW.habit})), 2) AS spend_before
    FROM (
      SELECT i, stay, draw(i, ${DRAW.platform}) AS device, draw(i, ${DRAW.taste}) AS habit,
        round(least(stay, 30) * 0.2 * (0.5 + draw(i, ${DRAW.habit})))::INTEGER AS orders
      FROM users
    )`;
}

/** Comers are there on their first day; in the order of time. */
export function visitsSql(): string {
  return `SELECT pseudonym('user', i) AS "user", "atMs" FROM (
      SELECT i, assigned_at + d * ${DAY_MS} + (draw(i, 128 + d) * ${DAY_MS / 2})::BIGINT AS "atMs"
      FROM (
        SELECT i, came, member, assigned_at, stay,
          unnest(range(least(${WATCHED_DAYS}, ceil(stay))::BIGINT)) AS d
        FROM users
      )
      WHERE (d = 0 AND NOT member) OR came_on(i, stay, d)
      ORDER BY "atMs", i
    )`;
}
