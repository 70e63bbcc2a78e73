// Runs the simulation against the source with a bug planted in it.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin, type PluginBuild } from "esbuild";
import type { Change, Plant } from "./plant.ts";

/** Schedules of its mechanism within which a bug must be found. */
export const WITHIN = 3000;

const ROOT: string = join(import.meta.dirname, "../..");
const MAIN = "test/simulation/main.ts";
const SEEDS: string = join(import.meta.dirname, "plant-seeds.json");
const PATIENCE_MS = 300_000;
/** A bug that makes the engine run in circles is found, too: no schedule takes that long. */
const CIRCLES_MS = 30_000;

/** The text with a change made; throws unless the text to find occurs exactly once. */
export function changed(text: string, { file, find, replace }: Change): string {
  const parts = text.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(`${file}: expected once, found ${parts.length - 1} times: ${find}`);
}

export function readSource(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** The seeds that found the bugs when they were last all looked for, by the bugs' names. */
export function knownSeeds(): Record<string, number> {
  return JSON.parse(readFileSync(SEEDS, "utf8"));
}

export function keepSeeds(seeds: Readonly<Record<string, number>>): void {
  writeFileSync(SEEDS, `${JSON.stringify(seeds, null, 2)}\n`);
}

export interface PlantOptions {
  /** Schedules to look through. */
  schedules?: number;
  /** Time after which it counts as not found. */
  patienceMs?: number;
  /** Run before all others. */
  first?: number | undefined;
}

export interface PlantResult {
  found: boolean;
  /** The seed that found it, 0 when none did. */
  seed: number;
  output: string;
}

/** Bundles the simulation with the changes made, and runs seeds until one fails. */
export async function runPlant(plant: Plant, options: PlantOptions = {}): Promise<PlantResult> {
  const folder = mkdtempSync(join(tmpdir(), "hongbao-plant-"));
  try {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    await build({
      ...{ absWorkingDir: ROOT, entryPoints: [MAIN], outfile: join(folder, "main.mjs") },
      ...{ bundle: true, platform: "node", format: "esm", packages: "external" },
      ...{ logLevel: "error", plugins: [planting(plant.changes)] },
    });
    return await simulateIn(folder, plant, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gives the bundler the changed text of each file that a change is of. */
function planting(changes: readonly Change[]): Plugin {
  const setup = (bundler: PluginBuild): void => {
    bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const here = changes.filter(({ file }) => join(ROOT, file) === path);
      if (here.length === 0) return undefined;
      return { contents: here.reduce(changed, readFileSync(path, "utf8")), loader: "ts" };
    });
  };
  return { name: "planting", setup };
}

function simulateIn(
  folder: string,
  { having }: Plant,
  { schedules = WITHIN, first, patienceMs = PATIENCE_MS }: PlantOptions,
): Promise<PlantResult> {
  const main = join(folder, "main.mjs");
  const args = [main, `--seeds=${schedules}`, "--first"];
  if (first !== undefined) args.push(`--try=${first}`);
  if (having !== undefined) args.push(`--having=${having}`);
  const child = spawn(process.execPath, args, { cwd: folder, timeout: patienceMs });
  let output = "";
  let spokeAtMs = performance.now();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: Buffer) => {
      output += part.toString();
      spokeAtMs = performance.now();
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const seed = Number(/^seed (\d+):/m.exec(output)?.[1] ?? 0);
      // It says every ten seconds how far it is.
      const circles = code === null && performance.now() - spokeAtMs > CIRCLES_MS;
      resolve({ found: circles || (code === 1 && seed > 0), seed, output });
    });
  });
}
