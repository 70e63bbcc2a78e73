// The log's thread from the built package, in a process that has nothing else to wait for.
import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let scratch: string;

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, "scripts/setup.mjs"), "--quiet"], { cwd: ROOT });
  scratch = await mkdtemp(join(tmpdir(), "hongbao-log-thread-"));
}, 120_000);

afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A caller that asks the log, and then closes it, with its engine closed. */
function caller(journal: string): string {
  const dist = pathToFileURL(join(ROOT, "dist/")).href;
  const place = { journal, log: join(journal, "log"), secrets: join(journal, "secrets") };
  return `
    import { Engine } from "${dist}host/engine.js";
    import { MemorySecrets } from "${dist}host/secrets.js";
    import { openDirectoryJournal } from "${dist}journal/files/directory-journal.js";
    import { LogFollower } from "${dist}transparency/log-follower.js";
    const place = ${JSON.stringify(place)};
    const journal = await openDirectoryJournal({ directory: place.journal });
    const engine = await Engine.open({ journal, secrets: new MemorySecrets(new Uint8Array(32)) });
    const options = { place, intervalMs: 20, witnesses: [], onNotice: console.error };
    const follower = await LogFollower.start(engine, options);
    await engine.close();
    const ask = () => follower.ask("checkpoint", null).catch(({ code }) => ({ code }));
    let answer = await ask();
    while (answer.code === "receipts_unavailable") answer = await ask();
    await follower.close();
    console.log(answer.size, "closed");`;
}

it("answers, and closes, although nothing else keeps the process alive", async () => {
  const words = ["--input-type=module", "--eval", caller(join(scratch, "journal"))];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  expect(stdout).toBe("0 closed\n");
});
