// A PostgreSQL of our own for a benchmark: a fresh cluster with default settings (durable commits)
// on a Unix socket in a temporary folder. PostgreSQL refuses to run as root, so root hands it over
// to the user `postgres`.
import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { removeFolder, start, stop, temporaryFolder } from "../children.ts";

const PORT = 5432; // Only names the socket; no TCP port is opened.
const START_WAIT_MS = 20_000;
const DEBIAN = "/usr/lib/postgresql";

export interface Cluster {
  host: string;
  port: number;
  user: string;
  stop(): Promise<void>;
}

/** A text says why it cannot be started. */
export async function startCluster(connections: number): Promise<Cluster | string> {
  const binaries = findBinaries();
  if (binaries === null) return "postgresql is not installed (Debian: postgresql)";
  const owner = ownerIds();
  if (typeof owner === "string") return owner;
  const folder = temporaryFolder("postgres");
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  mkdirSync(data);
  const { uid, gid } = owner;
  if (uid !== undefined && gid !== undefined) {
    for (const path of [folder, data]) chownSync(path, uid, gid);
  }
  const made = spawnSync(
    join(binaries, "initdb"),
    ["-D", data, "-U", "bench", "--auth=trust", "--encoding=UTF8", "--locale=C"],
    { ...owner, encoding: "utf8", cwd: folder },
  );
  if (made.status !== 0) return `initdb failed: ${made.stderr.trim()}`;
  const settings = ["listen_addresses=", `unix_socket_directories=${folder}`];
  settings.push(`max_connections=${connections + 10}`);
  const flags = ["-D", data, "-p", String(PORT), ...settings.flatMap((one) => ["-c", one])];
  const child = start(join(binaries, "postgres"), flags, { ...owner, cwd: folder });
  child.stdout?.resume();
  child.stderr?.resume();
  const cluster = { host: folder, port: PORT, user: "bench" };
  await answering(cluster);
  return {
    ...cluster,
    stop: async () => {
      // SIGTERM waits for its clients; they are gone by now.
      await stop(child);
      removeFolder(folder);
    },
  };
}

function findBinaries(): string | null {
  const folders = (process.env.PATH ?? "").split(":");
  if (existsSync(DEBIAN)) {
    const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
    folders.unshift(...versions.map((version) => join(DEBIAN, version, "bin")));
  }
  const whole = (folder: string): boolean =>
    ["initdb", "postgres"].every((name) => existsSync(join(folder, name)));
  return folders.find(whole) ?? null;
}

function ownerIds(): { uid?: number; gid?: number } | string {
  if (process.getuid?.() !== 0) return {};
  const ids = ["-u", "-g"].map((flag) => {
    const options: SpawnSyncOptions = { encoding: "utf8" };
    return Number(spawnSync("id", [flag, "postgres"], options).stdout || Number.NaN);
  });
  const [uid, gid] = ids;
  if (uid === undefined || gid === undefined || ids.some(Number.isNaN)) {
    return "started as root, and there is no user `postgres` to hand PostgreSQL over to";
  }
  return { uid, gid };
}

async function answering(at: { host: string; port: number; user: string }): Promise<void> {
  const givenUpAtMs = Date.now() + START_WAIT_MS;
  for (;;) {
    const client = new pg.Client({ ...at, database: "postgres" });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > givenUpAtMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
