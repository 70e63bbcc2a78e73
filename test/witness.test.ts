// A witness cosigns consistent growth and nothing else, remembers it over crashes, and a server
// that asks it publishes its cosignature.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { utf8 } from "../src/base/bytes.ts";
import {
  checkReceipt,
  type JournalRecord,
  type LogTree,
  nextKeyLine,
  nodeSha256,
  parseCheckpoint,
  recordLeaf,
  signedBy,
} from "../src/journal/index.ts";
import {
  type AddCheckpoint,
  formatAddCheckpoint,
  parseAddCheckpoint,
} from "../src/transparency/add-checkpoint.ts";
import { NoteSigner } from "../src/transparency/note-signer.ts";
import { publicKeys } from "../src/transparency/signing-keys.ts";
import { Witness, type WitnessAnswer } from "../src/transparency/witness.ts";
import { lockWitness, makeWitnessKey, openWitnessKey } from "../src/transparency/witness-key.ts";
import { parseWitnessList } from "../src/transparency/witness-list.ts";
import { startWitnessServer, type WitnessServer } from "../src/transparency/witness-server.ts";
import { checkpointOf, NEXT_SIGNER, SIGNER, treeOf, WITNESS } from "./receipts.fixture.ts";
import { eventually, LoggedLedger } from "./transparency.fixture.ts";
import { liveInMemory } from "./verify/live-in-memory.ts";

const NOW_MS = 1_770_000_000_000;
let records: JournalRecord[];
let tree: LogTree;
let directory: string;

beforeAll(async () => {
  records = (await liveInMemory()).records;
  tree = treeOf(records);
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hongbao-witness-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function witness(signer: NoteSigner = WITNESS): Witness {
  return new Witness({ directory, signer, trusted: [SIGNER.key], nowMs: () => NOW_MS });
}

function request(old: number, size: number, of: LogTree = tree, note?: string): AddCheckpoint {
  const text = note ?? checkpointOf(of, size);
  const proof = old > size ? [] : of.consistencyProof(old, size);
  const parsed = parseAddCheckpoint(formatAddCheckpoint(old, proof, text));
  if (typeof parsed === "string") throw new Error(parsed);
  return parsed;
}

/** A log that has the same first records, and others from then on. */
function forkAt(size: number): LogTree {
  const fork = treeOf(records.slice(0, size));
  for (const record of [...records].reverse()) fork.append(recordLeaf(record, nodeSha256));
  return fork;
}

function kindOf(answer: WitnessAnswer): string {
  return answer.kind;
}

describe("a witness", () => {
  it("cosigns the first checkpoint and every consistent one after it", async () => {
    const own = witness();
    for (const [old, size] of [
      [0, 2],
      [2, 3],
      [3, 3],
      [3, records.length],
    ] as const) {
      const asked = request(old, size);
      const answer = await own.add(asked);
      if (answer.kind !== "cosigned") throw new Error(answer.why);
      const cosigned = parseCheckpoint(asked.note + answer.line)!;
      expect(signedBy(cosigned, WITNESS.key)).toEqual({ by: WITNESS.key, atMs: NOW_MS });
      expect(signedBy(cosigned, SIGNER.key)).toEqual({ by: SIGNER.key, atMs: null });
    }
  });

  it("refuses a rollback, a fork and a wrong proof, and says so", async () => {
    const own = witness();
    await own.add(request(0, 5));
    const rollback = await own.add(request(0, 3));
    expect(rollback).toMatchObject({ kind: "conflict", size: 5 });
    expect((rollback as { why: string }).why).toMatch(/ROLLBACK/);
    const sameSize = await own.add(request(5, 5, forkAt(2)));
    expect(sameSize).toMatchObject({ kind: "conflict" });
    expect((sameSize as { why: string }).why).toMatch(/FORK/);
    const longer = await own.add(request(5, 9, forkAt(4)));
    expect(longer).toMatchObject({ kind: "inconsistent" });
    expect((longer as { why: string }).why).toMatch(/FORK/);
    const wrong = request(5, 6);
    const proof = wrong.proof.map((hash) => hash.map((byte) => byte ^ 1));
    expect(kindOf(await own.add({ ...wrong, proof }))).toBe("inconsistent");
    expect((await readdir(join(directory, "evidence"))).length).toBe(3);
    // What was refused did not change what it remembers.
    expect(kindOf(await own.add(request(5, 6)))).toBe("cosigned");
  });

  it("refuses other logs, other keys, and an old size beyond the checkpoint", async () => {
    const own = witness();
    const other = checkpointOf(tree, 3, [SIGNER], [], "hongbao/other");
    expect(kindOf(await own.add(request(0, 3, tree, other)))).toBe("unknown_log");
    const foreign = checkpointOf(tree, 3, [NEXT_SIGNER]);
    expect(kindOf(await own.add(request(0, 3, tree, foreign)))).toBe("untrusted");
    expect(kindOf(await own.add(request(4, 3)))).toBe("bad_request");
  });

  it("remembers over a restart, and never signs two histories at once", async () => {
    await witness().add(request(0, 4));
    const again = witness();
    expect(await again.add(request(0, 6))).toMatchObject({ kind: "conflict", size: 4 });
    const fork = forkAt(4);
    const [one, two] = await Promise.all([
      again.add(request(4, 8)),
      again.add(request(4, 8, fork)),
    ]);
    expect([kindOf(one), kindOf(two)].sort()).toEqual(["conflict", "cosigned"]);
  });

  it("two at once remember each for himself", async () => {
    const other = await mkdtemp(join(tmpdir(), "hongbao-witness-"));
    const signer = NoteSigner.ofWitness("witness.example/2", new Uint8Array(32).fill(8));
    const second = new Witness({
      directory: other,
      signer,
      trusted: [SIGNER.key],
      nowMs: () => NOW_MS,
    });
    await Promise.all([witness().add(request(0, 4)), second.add(request(0, 5, forkAt(2)))]);
    // Shown another history, each notices.
    expect(kindOf(await witness().add(request(4, 6, forkAt(2))))).toBe("inconsistent");
    expect(kindOf(await second.add(request(5, 6)))).toBe("inconsistent");
    await rm(other, { recursive: true });
  });

  it("follows announced keys, and only those", async () => {
    const own = witness();
    await own.add(request(0, 2));
    const line = nextKeyLine(NEXT_SIGNER.key);
    const alone = checkpointOf(tree, 3, [SIGNER], [line]);
    await own.add(request(2, 3, tree, alone));
    const early = checkpointOf(tree, 4, [NEXT_SIGNER]);
    expect(kindOf(await own.add(request(3, 4, tree, early)))).toBe("untrusted");
    const both = checkpointOf(tree, 4, [SIGNER, NEXT_SIGNER], [line]);
    expect(kindOf(await own.add(request(3, 4, tree, both)))).toBe("cosigned");
    const later = checkpointOf(tree, 5, [NEXT_SIGNER]);
    expect(kindOf(await witness().add(request(4, 5, tree, later)))).toBe("cosigned");
  });

  it("lets no second process decide in its folder", async () => {
    const lock = await lockWitness(directory);
    await expect(lockWitness(directory)).rejects.toMatchObject({ code: "journal_locked" });
    await lock.release();
    await (await lockWitness(directory)).release();
  });

  it("keeps its key for its owner alone", async () => {
    expect(await openWitnessKey(directory)).toBeNull();
    const made = await makeWitnessKey(directory, "witness.example/9");
    expect((await openWitnessKey(directory))!.key).toEqual(made.key);
    await writeFile(join(directory, "witness.key"), "x\nnothing\n");
    await expect(openWitnessKey(directory)).rejects.toMatchObject({ code: "wrong_key" });
  });
});

describe("a request to a witness", () => {
  it("is refused in words when it is not one", () => {
    const note = checkpointOf(tree, 3);
    const wrong: [string, RegExp][] = [
      ["", /empty line/],
      [`old 03\n\n${note}`, /first line/],
      [`old -1\n\n${note}`, /first line/],
      [`old 1\nzzz\n\n${note}`, /lines of proof/],
      [`old 1\n${"AAAA\n".repeat(70)}\n${note}`, /at most 63/],
      ["old 1\n\nnothing\n", /signed checkpoint/],
    ];
    for (const [body, words] of wrong) expect(parseAddCheckpoint(body)).toMatch(words);
  });

  it("comes back as it was sent", () => {
    const asked = request(2, 5);
    expect(parseAddCheckpoint(formatAddCheckpoint(2, asked.proof, asked.note))).toEqual(asked);
  });
});

describe("a list of witnesses", () => {
  it("is read line by line", () => {
    const text = `# ours\nwitness one ${WITNESS.key.text} http://127.0.0.1:9/w/\n\n`;
    expect(parseWitnessList(text)).toEqual([{ key: WITNESS.key, url: "http://127.0.0.1:9/w" }]);
    for (const bad of [
      `witness one ${SIGNER.key.text} http://x`, // a log's key is no witness's
      `witness one ${WITNESS.key.text}`,
      `witness one ${WITNESS.key.text} ftp://x`,
      "log x",
    ]) {
      expect(parseWitnessList(bad)).toMatch(/^line 1: expected/);
    }
  });
});

describe("a ledger with witnesses", () => {
  let ledger: LoggedLedger;
  let servers: WitnessServer[];
  let seen: WitnessAnswer[];

  beforeEach(async () => {
    ledger = await LoggedLedger.make();
    servers = [];
    seen = [];
  });
  afterEach(async () => {
    await ledger.remove();
    for (const server of servers) await server.close();
  });

  async function serveWitness(name: string, port = 0): Promise<{ key: string; url: string }> {
    const folder = join(directory, name);
    const signer =
      (await openWitnessKey(folder)) ?? (await makeWitnessKey(folder, `witness.example/${name}`));
    const trusted = await eventually(async () => {
      const keys = await publicKeys(ledger.place.log);
      return keys.length === 0 ? null : keys;
    });
    const own = new Witness({ directory: folder, signer, trusted, nowMs: () => Date.now() });
    const server = await startWitnessServer({
      witness: own,
      key: signer.key,
      host: "127.0.0.1",
      port,
      onAnswer: (_, answer) => {
        seen.push(answer);
      },
      onFailure: (error) => {
        throw error;
      },
    });
    servers.push(server);
    return { key: signer.key.text, url: server.url };
  }

  /** The log's key is there once it was followed. */
  async function withKey(): Promise<void> {
    ledger.follow();
    await ledger.covered();
    await ledger.stopFollowing();
  }

  it("publishes the cosignatures of both, and receipts carry them", async () => {
    await withKey();
    const told = [await serveWitness("a"), await serveWitness("b")];
    const lines = told.map(({ key, url }, i) => `witness w${i} ${key} ${url}`);
    const witnesses = parseWitnessList(lines.join("\n"));
    if (typeof witnesses === "string") throw new Error(witnesses);
    ledger.follow(witnesses);
    const [grant] = await ledger.grant(3);
    const keys = witnesses.map(({ key }) => key);
    const [key] = await publicKeys(ledger.place.log);
    const receipt = await eventually(async () => {
      const one = await ledger.receipt(grant!);
      const bytes = utf8(JSON.stringify(one));
      return typeof checkReceipt(bytes, { key: key!, witnesses: keys }) === "string" ? null : one;
    });
    expect(parseCheckpoint(receipt.checkpoint)!.signatures).toHaveLength(3);
    await ledger.grant(3);
    await eventually(async () => (seen.filter(isCosigned).length > 3 ? true : null));
    expect(ledger.notices).toEqual([]);
  });

  it("goes on without one that is silent, and shows it the checkpoint later", async () => {
    await withKey();
    const { key, url } = await serveWitness("late");
    await servers.pop()!.close();
    const witnesses = parseWitnessList(`witness late ${key} ${url}`);
    if (typeof witnesses === "string") throw new Error(witnesses);
    ledger.follow(witnesses);
    const [grant] = await ledger.grant(1);
    expect(parseCheckpoint((await ledger.receipt(grant!)).checkpoint)!.signatures).toHaveLength(1);
    expect(ledger.notices.join()).toMatch(/witness witness\.example\/late: no answer/);
    await serveWitness("late", Number(new URL(url).port));
    await eventually(async () => {
      const { note } = ledger.service!.checkpoint();
      return parseCheckpoint(note)!.signatures.length === 2 ? true : null;
    });
  });

  it("hears that records are missing when the witness knows of more", async () => {
    await withKey();
    const { key, url } = await serveWitness("knows");
    const witnesses = parseWitnessList(`witness knows ${key} ${url}`);
    if (typeof witnesses === "string") throw new Error(witnesses);
    // The operator signs a longer log elsewhere, then shows the short one again.
    const { openSigners } = await import("../src/transparency/signing-keys.ts");
    const { current } = await openSigners(ledger.place, []);
    const note = checkpointOf(tree, records.length, [current], [], current.key.name);
    const body = formatAddCheckpoint(0, [], note);
    const answer = await fetch(`${url}/add-checkpoint`, { method: "POST", body });
    expect(answer.status).toBe(200);
    ledger.follow(witnesses);
    await ledger.grant(1);
    await eventually(async () =>
      /records are missing here/.test(ledger.notices.join()) ? 1 : null,
    );
    expect(seen.some(({ kind }) => kind === "conflict")).toBe(true);
  });

  it("answers over HTTP as the protocol says", async () => {
    await withKey();
    const { url, key } = await serveWitness("http");
    expect(await (await fetch(url)).text()).toBe(`${key}\n`);
    const post = (body: string): Promise<Response> =>
      fetch(`${url}/add-checkpoint`, { method: "POST", body });
    expect((await post("nothing")).status).toBe(400);
    expect((await post("x".repeat(200_000))).status).toBe(413);
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(`${url}/other`)).status).toBe(404);
    const foreign = checkpointOf(tree, 3);
    expect((await post(formatAddCheckpoint(0, [], foreign))).status).toBe(404);
    const note = (await readFile(join(ledger.place.log, "checkpoints"), "utf8")).split(
      "\n\n\n",
    )[0]!;
    const good = await post(formatAddCheckpoint(0, [], `${note}\n`));
    expect(good.status).toBe(200);
    expect(await good.text()).toMatch(/^— witness\.example\/http /);
    const again = await post(formatAddCheckpoint(0, [], `${note}\n`));
    expect([again.status, again.headers.get("content-type")]).toEqual([409, "text/x.tlog.size"]);
    expect(await again.text()).toMatch(/^\d+\n$/);
  });

  function isCosigned({ kind }: WitnessAnswer): boolean {
    return kind === "cosigned";
  }
});
