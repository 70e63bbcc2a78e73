// Exposures that surfaces outside report: the earliest that is known of a user counts, whatever
// came first, twice, or in which order.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exposureLines } from "../src/cli/exposure-lines.ts";
import { checkCampaignDefinition } from "../src/contract/campaign-file/parse-campaign.ts";
import { EXPOSURE_IMPORTED } from "../src/core/assignment/exposure-event.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { EVENT_KINDS } from "../src/core/event.ts";
import { execute } from "../src/host/index.ts";
import { Drill } from "./drill.fixture.ts";
import { plainCampaign, START_MS } from "./simulation/plain-campaign.ts";
import { expectFound } from "./verify/expect-found.ts";

const MINUTE = 60_000;
const SURFACES = { surfaces: ["push", "banner"] };

class SeenDrill extends Drill {
  /** @param lines user and minute after the start */
  async see(lines: readonly [user: string, minute: number][], surface = "banner") {
    const body = { lines: lines.map(([user, at]) => ({ user, seenAtMs: START_MS + at * MINUTE })) };
    const params = { campaign: "drill", surface };
    return await execute(this.engine, "exposure.import", { params, query: null, body });
  }
}

const opened = (more: Partial<CampaignDefinition> = SURFACES): Promise<SeenDrill> =>
  new SeenDrill().open(plainCampaign(more));

describe("an import of exposures", () => {
  it("moves a first exposure to an earlier one, and never to a later one", async () => {
    const drill = await opened();
    await drill.engine.tick();
    const offers = { params: { campaign: "drill", user: "ana" }, query: {}, body: null };
    await execute(drill.engine, "offers.list", offers); // assigned and exposed at once
    await drill.after(5 * MINUTE);
    await drill.claim("bo"); // assigned and exposed in minute 5
    await drill.after(10 * MINUTE);
    const answer = await drill.see([
      ["ana", 0],
      ["ana", 3],
      ["bo", 7],
      ["bo", 4],
      ["stranger", 3],
      ["bo", 11],
    ]);
    expect(answer).toMatchObject({ status: "ok", surface: "banner", recorded: 0, known: 3 });
    expect(answer.refused).toEqual([
      { index: 3, status: "seen_early" },
      { index: 4, status: "not_assigned" },
      { index: 5, status: "seen_late" },
    ]);
  });

  it("takes lines twice, in any order and over many slices", async () => {
    const salt = "00112233445566778899aabbccddeeff";
    const audiences = [{ id: "known", holdoutShare: 0.5, salt }];
    const drill = await opened({ ...SURFACES, audiences });
    const users = Array.from({ length: 1200 }, (_, i) => `user-${i}`);
    const params = { campaign: "drill", audience: "known" };
    await execute(drill.engine, "audience.assign", { params, query: null, body: { users } });
    await drill.after(60 * MINUTE);
    const late = users.map((user): [string, number] => [user, 40]);
    const early = users.map((user): [string, number] => [user, 20]);
    expect(await drill.see(late)).toMatchObject({ recorded: 1200, known: 0, refused: [] });
    expect(await drill.see(late)).toMatchObject({ recorded: 0, known: 1200 });
    expect(await drill.see(early)).toMatchObject({ recorded: 1200, known: 0 });
    expect(await drill.see([...late, ...early])).toMatchObject({ recorded: 0, known: 2400 });
    expect(await drill.see([...early.slice(0, 1100), ["nobody", 20]])).toMatchObject({
      refused: [{ index: 1100, status: "not_assigned" }],
    });
    const [campaign] = drill.engine.state.campaigns;
    expect(campaign!.exposureTimes.exposedAt.get(7)).toBe(START_MS + 20 * MINUTE);
  });

  it("is of a surface that the campaign has, until it closes", async () => {
    const drill = await opened();
    expect(await drill.see([["ana", 0]], "poster")).toMatchObject({ status: "unknown_surface" });
    const without = await opened({});
    expect(await without.see([["ana", 0]])).toMatchObject({ status: "unknown_surface" });
    await drill.end();
    await drill.close();
    expect(await drill.see([["ana", 0]])).toMatchObject({ status: "campaign_closed" });
  });

  it("keeps the times of nobody where no surface reports", async () => {
    const drill = await opened({});
    await drill.claim("ana");
    const [campaign] = drill.engine.state.campaigns;
    const columns = campaign!.exposureTimes.columns();
    expect(columns.every(([, column]) => column.chunks.length === 0)).toBe(true);
  });
});

describe("surfaces of a campaign", () => {
  it("are named once, and not as the engine's own", () => {
    const of = (surfaces: string[]) =>
      checkCampaignDefinition(plainCampaign({ surfaces })).problems.map(({ expected }) => expected);
    expect(of(["banner", "push"])).toEqual([]);
    expect(of(["banner", "banner"])).not.toEqual([]);
    expect(of(["claim"]).join()).toMatch(/another name: the engine's own are claim, offers/);
  });
});

describe("verify finds forged reports:", () => {
  const forge = (change: (event: Uint32Array) => void, n = 0) =>
    expectFound("exposures", "exposure_imported", (forgery) => {
      const isImported = (event: Uint32Array): boolean =>
        (event[0]! & 0xff) === EVENT_KINDS.exposure_imported;
      change(forgery.records.flatMap(({ events }) => events).filter(isImported)[n]!);
    });

  it("another arm", () =>
    forge((event) => {
      event[EXPOSURE_IMPORTED.what]! ^= 1;
    }));

  it("a surface that is not there", () =>
    forge((event) => {
      event[EXPOSURE_IMPORTED.what]! |= 7 << 16;
    }));

  it("a later exposure, and one of before the assignment", async () => {
    await forge((event) => {
      event[EXPOSURE_IMPORTED.seenAt]! += 2 * MINUTE;
    }, 1);
    await forge((event) => {
      event[EXPOSURE_IMPORTED.seenAt]! -= 600 * MINUTE;
    });
  });
});

describe("the lines of a file", () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hongbao-exposures-"));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  async function linesOf(text: string, most = 2): Promise<unknown[][]> {
    const file = join(dir, "seen.csv");
    await writeFile(file, text);
    const parts: unknown[][] = [];
    for await (const { lines } of exposureLines(file, { user: "who", at: "when" }, most)) {
      parts.push(lines.map(({ row, user, seenAtMs }) => [row, user, seenAtMs]));
    }
    return parts;
  }

  it("are read in parts, in ms or with a zone", async () => {
    const text =
      "when,who,more\n1770339600000,ana,x\n2026-02-06T01:00:01Z,bo,y\n1770339602000,chén,\n";
    expect(await linesOf(text)).toEqual([
      [
        [1, "ana", 1_770_339_600_000],
        [2, "bo", 1_770_339_601_000],
      ],
      [[3, "chén", 1_770_339_602_000]],
    ]);
  });

  it("are refused by row where a cell is none", async () => {
    const bad = (cell: string) => linesOf(`who,when\nana,1770339600000\n${cell}\n`);
    await expect(bad("bo,yesterday")).rejects.toThrow(/row 2.*ms since 1970 or a time with zone/);
    await expect(bad("bo,2026-02-06 01:00:00")).rejects.toThrow(/row 2.*a time with zone/);
    await expect(bad(",1770339600000")).rejects.toThrow(/row 2.*a user's id/);
  });
});
