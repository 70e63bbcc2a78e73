// A server that is told to stop while it still reads its journal.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serve } from "../../src/cli/serve.ts";
import { openTerminal, type Terminal } from "../../src/cli/terminal.ts";
import { DrivenClock } from "../../src/host/clock.ts";
import { open } from "../../src/host/open.ts";
import { openCampaign } from "../../src/host/open-campaign.ts";
import { plainCampaign, START_MS } from "../simulation/plain-campaign.ts";

const CLAIMS = 900;

let data = "";
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "hongbao-start-"));
  const engine = await open({ directory: data, durable: false, clock: new DrivenClock(START_MS) });
  await openCampaign(engine, plainCampaign({ budgetMinor: 100_000_000 }));
  for (let n = 0; n < CLAIMS; n++) {
    await engine.money("claim", "drill", { id: `c-${n}`, user: `user-${n}`, offer: "card" });
  }
  await engine.close();
  await rm(join(data, "snapshot")); // so that the journal is read again
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** Serves the directory; `onStep` hears of each step of the reading and of the server's address. */
function serving(onStep: (step: number | "ready") => void): Promise<number> {
  const terminal: Terminal = {
    ...openTerminal(),
    json: () => onStep("ready"),
    note: () => {},
    progress: () => ({ update: (sequence) => onStep(sequence), stop: () => {} }),
  };
  const flags = { data, port: "0", clock: "driven", logLevel: "error" };
  return serve({ terminal, args: [], flags, env: {}, json: true });
}

/** Who else listens in this process would end it. */
let others: ReadonlySet<unknown> = new Set();
beforeEach(() => {
  others = new Set(process.rawListeners("SIGTERM"));
});

function tellToStop(): void {
  for (const listener of process.rawListeners("SIGTERM")) {
    if (!others.has(listener)) listener.call(process, "SIGTERM");
  }
}

test("it gives the start up, leaves no lock and ends well", async () => {
  const steps: unknown[] = [];
  const code = await serving((step) => {
    steps.push(step);
    if (steps.length === 1) tellToStop();
  });
  expect(code).toBe(0);
  expect(steps).toEqual([256]);
  expect(existsSync(join(data, "journal", "lock"))).toBe(false);
});

test("without a signal it reads on and serves (control)", async () => {
  const steps: unknown[] = [];
  const code = await serving((step) => {
    steps.push(step);
    if (step === "ready") tellToStop();
  });
  expect(code).toBe(0);
  expect(steps).toEqual([256, 512, 768, "ready"]);
});
