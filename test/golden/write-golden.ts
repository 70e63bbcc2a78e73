// Writes a golden journal into a new folder here, by hand, once for each version of the format:
// `node --import tsx test/golden/write-golden.ts v2`.
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toHex } from "../../src/base/bytes.ts";
import { randomStream } from "../../src/base/keystream.ts";
import { DrivenClock, Engine, MemorySecrets } from "../../src/host/index.ts";
import { openDirectoryJournal, readDirectory } from "../../src/journal/index.ts";
import { verifyRecords } from "../../src/journal/verify/verify.ts";
import { CampaignLife, firstHalf, revisions, secondHalf } from "../verify/campaign-life.ts";
import { appendTotals, BEGINS, LEDGER, otherLives } from "../verify/live-in-memory.ts";
import { type Expected, kindsIn, packJournal, withoutPlace } from "./golden-folder.ts";

/** Small, so that the life of two campaigns fills more than one. */
const SEGMENT_BYTES = 512 * 1024;
/** Of the claims that were answered for good, one in so many is asked again after the close. */
const REPLAYED_ONE_IN = 9;

async function main(version: string | undefined): Promise<void> {
  if (version === undefined) throw new Error("expected the name of a new folder, such as v2");
  const folder = join(import.meta.dirname, version);
  if (existsSync(folder)) throw new Error(`${folder} is there already and must stay as it is`);
  const directory = await mkdtemp(join(tmpdir(), "hongbao-golden-"));
  try {
    const expected = await live(directory);
    expected.files = await packJournal(directory, folder);
    const text = `${JSON.stringify(expected, null, 1)}\n`;
    await writeFile(join(folder, "expected.json"), text);
    console.log(`${folder}: ${expected.lastSequence} records, ${expected.events} events`);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function live(directory: string): Promise<Expected> {
  const stream = randomStream(1, "golden journal");
  const entropy = (bytes: number): Uint8Array => stream.nextBytes(bytes);
  const masterKey = entropy(32);
  const secrets = new MemorySecrets(masterKey);
  const clock = new DrivenClock(BEGINS);
  const begin = async (): Promise<Engine> => {
    const segmentBytes = SEGMENT_BYTES;
    const journal = await openDirectoryJournal({ directory, ledgerId: LEDGER, segmentBytes });
    return Engine.open({ journal, secrets, clock, ticking: false, entropy });
  };
  const first = await begin();
  const life = new CampaignLife(first, clock);
  await firstHalf(life);
  await appendTotals(first, first.journal, clock.wallMs(), entropy(16));
  await first.close();
  life.engine = await begin();
  await revisions(life);
  await secondHalf(life);
  const spring = new Set([...life.claims.keys()].filter((id) => !id.startsWith("trial")));
  await otherLives(life);
  const replays: Expected["replays"] = [];
  const answered = [...life.claims].filter(
    ([id, { status }]) => spring.has(id) && ["granted", "held_out"].includes(status),
  );
  for (const [id] of answered.filter((_, i) => i % REPLAYED_ONE_IN === 0)) {
    const input = life.inputs.get(id)!;
    const answer = await life.engine.money("claim", "spring", input);
    if (!answer.replayed) throw new Error(`claim ${id} is expected to be known`);
    replays.push({ campaign: "spring", input, answer: withoutPlace(answer) });
  }
  await life.engine.close();
  const reader = await readDirectory(directory);
  const report = await verifyRecords(reader.records(), { ledgerId: LEDGER });
  if (!report.ok) throw new Error(JSON.stringify(report.problems, null, 1));
  const keys = report.campaigns.map(async (_, ordinal) => {
    return toHex((await secrets.readPseudonymKey(ordinal))!);
  });
  return {
    ledgerId: LEDGER,
    files: {},
    masterKey: toHex(masterKey),
    pseudonymKeys: await Promise.all(keys),
    atMs: clock.wallMs(),
    lastSequence: report.lastSequence,
    lastChain: report.lastChain,
    events: report.events,
    writerEpochs: report.writerEpochs,
    kinds: await kindsIn(reader),
    campaigns: report.campaigns,
    checks: Object.fromEntries(report.checks.map(({ name, count }) => [name, count])),
    replays,
  };
}

await main(process.argv[2]);
