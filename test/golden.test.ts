// Golden journals must be read, replay, verify and answer again for ever, whatever the code has
// become since they were written.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromHex, toHex } from "../src/base/bytes.ts";
import { EVENT_KINDS } from "../src/core/event.ts";
import { violations } from "../src/core/invariants.ts";
import { DrivenClock, Engine, MemorySecrets } from "../src/host/index.ts";
import { openDirectoryJournal, readDirectory } from "../src/journal/index.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import {
  type Expected,
  kindsIn,
  readExpected,
  unpackJournal,
  withoutPlace,
} from "./golden/golden-folder.ts";

const GOLDEN = join(import.meta.dirname, "golden");
const versions = (await readdir(GOLDEN)).filter((name) => /^v\d+$/.test(name)).sort();

describe("golden journals", () => {
  it("are there", () => {
    expect(versions).toContain("v1");
  });
});

describe.each(versions)("golden journal %s", (version) => {
  const folder = join(GOLDEN, version);
  let expected: Expected;
  let directory: string;

  beforeAll(async () => {
    expected = await readExpected(folder);
    directory = await mkdtemp(join(tmpdir(), "hongbao-golden-"));
    await unpackJournal(folder, directory, expected.files);
  });

  afterAll(() => rm(directory, { recursive: true }));

  async function openEngine(): Promise<Engine> {
    const secrets = new MemorySecrets(fromHex(expected.masterKey)!);
    for (const [campaign, sealed] of expected.pseudonymKeys.entries()) {
      await secrets.writePseudonymKey(campaign, fromHex(sealed)!);
    }
    const journal = await openDirectoryJournal({ directory, ledgerId: expected.ledgerId });
    const clock = new DrivenClock(expected.atMs);
    // Lists are files beside the journal.
    return Engine.open({ journal, secrets, clock, ticking: false, withoutLists: true });
  }

  it("is read to its end, chain and all", async () => {
    const reader = await readDirectory(directory);
    let last: Uint8Array | null = null;
    for await (const record of reader.records()) last = record.chain;
    expect(reader.ledgerId).toBe(expected.ledgerId);
    expect(toHex(last!)).toBe(expected.lastChain);
  });

  it("holds every kind of event of its time", async () => {
    const reader = await readDirectory(directory);
    const kinds = await kindsIn(reader);
    // The first of them does not say which these were.
    const firstKinds = Object.values(EVENT_KINDS).filter((kind) => kind <= 16);
    expect(kinds).toEqual(expect.arrayContaining(expected.kinds ?? firstKinds));
  });

  it("verifies, and every check is made as often as it was", async () => {
    const reader = await readDirectory(directory);
    const report = await verifyRecords(reader.records(), { ledgerId: expected.ledgerId });
    expect(report.problems).toEqual([]);
    const counts = Object.fromEntries(report.checks.map(({ name, count }) => [name, count]));
    // Later versions may check more, never less.
    for (const [name, count] of Object.entries(expected.checks)) {
      expect(counts[name], name).toBeGreaterThanOrEqual(count);
    }
    expect(report.campaigns).toMatchObject(expected.campaigns);
    expect([report.lastSequence, report.events, report.writerEpochs]).toEqual([
      expected.lastSequence,
      expected.events,
      expected.writerEpochs,
    ]);
  });

  it("replays to the same books, and gives the same answers", async () => {
    const engine = await openEngine();
    expect(violations(engine.state)).toEqual([]);
    for (const [i, campaign] of engine.state.campaigns.entries()) {
      const { definition, books, counts, phase } = campaign;
      const is: Record<string, unknown> = { id: definition.id, phase, ...books, ...counts };
      for (const [name, figure] of Object.entries(expected.campaigns[i]!)) {
        if (name in is) expect(is[name], name).toEqual(figure);
      }
    }
    for (const { campaign, input, answer } of expected.replays) {
      const again = await engine.money("claim", campaign, input);
      expect(withoutPlace(again)).toEqual(answer);
    }
    await engine.close();
  });
});
