// Ours in the audience bench: the way that `hongbao list import` goes, to a server on a data
// directory, and what claims cost that ask for the list.
import { userLines } from "../../src/cli/user-lines.ts";
import { createClient } from "../../src/client/index.ts";
import { execute, open } from "../../src/host/index.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { Keys, memoryKeyStore, startServer } from "../../src/server/index.ts";
import { benchCampaign, CARD } from "../campaign.ts";
import { removeFolder, temporaryFolder } from "../children.ts";
import { watchPauses } from "../pauses.ts";
import type { ListFigures } from "./bench.ts";
import { heldBytes } from "./held-bytes.ts";

const LIST = "regulars";
const CLAIMS = 200_000;
const BATCH = 1000;

export async function importList(file: string, users: number): Promise<ListFigures> {
  const directory = temporaryFolder("audience-data");
  let engine = await open({ directory });
  const plain = { ...benchCampaign(Date.now()), id: "plain", caps: [] };
  const asking = {
    ...{ ...plain, id: "asking", lists: [{ id: LIST }] },
    offers: plain.offers.map((offer) => ({ ...offer, eligible: CONDITION })),
    facts: [{ name: "age", type: "int" as const }],
  };
  await openCampaign(engine, plain);
  await openCampaign(engine, asking);
  const keys = await Keys.open(memoryKeyStore());
  const { secret } = await keys.add({ name: "admin", scope: "admin" }, 1);
  const server = await startServer({ engine, keys, port: 0, logLevel: "silent" });
  const client = createClient({ url: String(server.url), key: secret, totalMs: 120_000 });
  const before = heldBytes();
  const pauses = watchPauses((turn) => setTimeout(turn, 0));
  const cpuBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  let part = 0;
  const to = { campaign: "asking", list: LIST, import: "bench" };
  for await (const { users: some } of userLines(file)) {
    await client.list.import({ ...to, part, users: some });
    part += 1;
  }
  const answer = await client.list.import({ ...to, part, users: [], done: true });
  const seconds = (performance.now() - startedAtMs) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const longestPauseMs = pauses();
  if (answer.users !== users) throw new Error(`expected ${users} users, got ${answer.users}`);
  const bytesEach = (heldBytes() - before) / users;
  const plainPerSecond = await claimsPerSecond(engine, "plain");
  const askingPerSecond = await claimsPerSecond(engine, "asking");
  await client.close();
  await server.close();
  await engine.close();
  const restartedAtMs = performance.now();
  engine = await open({ directory });
  const restartSeconds = (performance.now() - restartedAtMs) / 1000;
  await engine.close();
  removeFolder(directory);
  const asked = { cpuSeconds, restartSeconds, longestPauseMs, "claims/s without": plainPerSecond };
  return { seconds, bytesEach, more: { ...asked, "claims/s asking": askingPerSecond } };
}

const CONDITION = `age >= 18 && inList("${LIST}")`;

/** Claims of different users, in batches, to an engine in this process. */
async function claimsPerSecond(
  engine: Awaited<ReturnType<typeof open>>,
  campaign: string,
): Promise<number> {
  const facts = campaign === "asking" ? { facts: { age: 31 } } : {};
  let granted = 0;
  const startedAtMs = performance.now();
  for (let from = 0; from < CLAIMS; from += BATCH) {
    const inputs = Array.from({ length: BATCH }, (_, i) => {
      const user = `user-${from + i}`;
      return { id: `c-${from + i}`, user, offer: CARD, ...facts };
    });
    for (const one of await engine.batch("claim", campaign, inputs)) {
      if ("status" in one && ["granted", "held_out"].includes(one.status)) granted += 1;
    }
  }
  const perSecond = CLAIMS / ((performance.now() - startedAtMs) / 1000);
  const { status } = await execute(engine, "campaign.show", {
    ...{ params: { campaign }, query: null, body: null },
  });
  if (status !== "ok" || granted !== CLAIMS) throw new Error(`${granted} of ${CLAIMS} granted`);
  return perSecond;
}
