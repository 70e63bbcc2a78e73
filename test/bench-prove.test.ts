// The campaign that `bench prove` judges: its books add up, its days follow the law that it states,
// and a seed makes it again.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MadeCampaign, makeCampaign } from "../bench/prove/make-campaign.ts";
import { EVENT_COLUMNS } from "../src/prove/event-columns.ts";
import { type ResultRow, withWarehouse } from "../src/prove/warehouse.ts";

const USERS = 20_000;

let folder: string;
let made: MadeCampaign;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-made-"));
  made = await makeCampaign(folder, USERS, 7);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function query(sql: string): Promise<ResultRow> {
  const named = sql.replace(/\$(events|outcomes|visits)/g, (_, name: keyof MadeCampaign) => {
    return `read_parquet('${made[name].path}')`;
  });
  return withWarehouse({}, (warehouse) => warehouse.row(named));
}

describe("the made campaign", () => {
  it("has the columns of an export, ten events, four visits and one outcome a user", async () => {
    const { names } = await query(
      "SELECT string_agg(column_name, ',') AS names FROM (DESCRIBE SELECT * FROM $events)",
    );
    expect(names).toBe(EVENT_COLUMNS.map(({ name }) => name).join(","));
    expect(made.events.rows / USERS).toBeCloseTo(10, 0);
    expect(made.visits.rows / USERS).toBeCloseTo(4.3, 0);
    expect(made.outcomes.rows).toBe(USERS);
  });

  it("accounts for every minor unit that a grant issued", async () => {
    const books = await query(`SELECT count(*) AS grants, count(*) FILTER (issued <>
        redeemed - reversed + ended) AS wrong, count(*) FILTER (redeemed > issued) AS over,
        max("grant") AS last, count(DISTINCT "grant") AS ordinals
      FROM (SELECT "grant", sum("amountMinor") FILTER (kind = 'granted') AS issued,
          coalesce(sum("amountMinor") FILTER (kind = 'redeemed'), 0) AS redeemed,
          coalesce(sum("amountMinor") FILTER (kind = 'reversed'), 0) AS reversed,
          coalesce(sum("amountMinor") FILTER (kind IN ('expired', 'cancelled')), 0) AS ended
        FROM $events WHERE "grant" IS NOT NULL GROUP BY 1)`);
    expect(books.grants).toBeGreaterThan(2 * USERS);
    expect(books).toMatchObject({ wrong: 0, over: 0, ordinals: books.grants });
  });

  it("is in the order of time, every user assigned once and an id bound once", async () => {
    const order = await query(`SELECT count(*) FILTER ("atMs" < before) AS back,
        count(*) FILTER (sequence * 64 + "index" <> 64 + place) AS misplaced
      FROM (SELECT *, lag("atMs") OVER (ORDER BY place) AS before
        FROM (SELECT *, file_row_number AS place
          FROM read_parquet('${made.events.path}', file_row_number = true)))`);
    expect(order).toEqual({ back: 0, misplaced: 0 });
    const bound = await query(`SELECT count(id) - count(DISTINCT id) AS twice,
        count(*) FILTER (kind = 'assigned') AS assigned,
        count(DISTINCT "user") FILTER (kind = 'assigned') AS users,
        count(*) FILTER (arm = 0 AND kind = 'granted') AS leaked,
        count(*) FILTER (length("user") <> 32) AS names FROM $events`);
    expect(bound).toEqual({ twice: 0, assigned: USERS, users: USERS, leaked: 0, names: 0 });
  });

  it("keeps the treated longer, by the law that it states", async () => {
    const { kept, seen, absent } = await query(`SELECT avg(d30) AS kept,
        avg((v."user" IS NOT NULL)::INTEGER) AS seen,
        count(*) FILTER (a."user" IS NULL) AS absent
      FROM $outcomes o LEFT JOIN (SELECT "user" FROM $events
          WHERE kind = 'assigned' AND arm = 1 AND audience IS NULL) a USING ("user")
        LEFT JOIN (SELECT DISTINCT "user" FROM $visits) v USING ("user")
      WHERE a."user" IS NOT NULL`);
    // A visit on a given day, if still there: .28; still there after 30 days: 6.9 / 36.9.
    expect(kept).toBeGreaterThan(0.28 * (6.9 / 36.9) - 0.007);
    expect(kept).toBeLessThan(0.28 * (6.9 / 36.9) + 0.007);
    expect({ seen, absent }).toEqual({ seen: 1, absent: 0 });
  });

  it("is the same again for the same seed, and another one for another", async () => {
    const again = await mkdtemp(join(tmpdir(), "hongbao-made-"));
    try {
      const digest = async (path: string): Promise<ResultRow> => {
        const row = `SELECT bit_xor(hash(e)) AS digest FROM read_parquet('${path}') AS e`;
        return await withWarehouse({}, (warehouse) =>
          warehouse.row(`SELECT digest::VARCHAR AS digest FROM (${row})`),
        );
      };
      const first = await digest(made.events.path);
      const second = await makeCampaign(again, USERS, 7);
      expect(await digest(second.events.path)).toEqual(first);
      const other = await makeCampaign(again, USERS, 8);
      expect(await digest(other.events.path)).not.toEqual(first);
    } finally {
      await rm(again, { recursive: true, force: true });
    }
  });
});
