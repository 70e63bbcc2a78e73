// Runs the simulation against a copy of the source in which a bug was planted.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change, Plant } from "./plant.ts";

const ROOT: string = join(import.meta.dirname, "../..");
/** A planted bug that makes the engine run in circles is found, too. */
const PATIENCE_MS = 45_000;

/** The text with a change made; throws unless the text to find occurs exactly once. */
export function changed(text: string, { file, find, replace }: Change): string {
  const parts = text.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(`${file}: expected once, found ${parts.length - 1} times: ${find}`);
}

export function readSource(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

export interface PlantResult {
  found: boolean;
  /** The seed that found it, 0 when none did. */
  seed: number;
  output: string;
}

/** Plants the changes in a copy and runs seeds until one fails. */
export async function runPlant(plant: Plant): Promise<PlantResult> {
  const folder = mkdtempSync(join(tmpdir(), "hongbao-plant-"));
  try {
    for (const part of ["src", "test/simulation"]) {
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    }
    cpSync(join(ROOT, "package.json"), join(folder, "package.json"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    for (const change of plant.changes) {
      const path = join(folder, change.file);
      writeFileSync(path, changed(readFileSync(path, "utf8"), change));
    }
    return await simulateIn(folder, plant);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function simulateIn(folder: string, { from, within }: Plant): Promise<PlantResult> {
  const main = join(folder, "test/simulation/main.ts");
  const args = ["--import", "tsx", main, `--seeds=${within}`, `--from=${from}`, "--first"];
  const child = spawn(process.execPath, args, { cwd: folder, timeout: PATIENCE_MS });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: Buffer) => {
      output += part.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const seed = Number(/^seed (\d+):/m.exec(output)?.[1] ?? 0);
      resolve({ found: code === null || (code === 1 && seed > 0), seed, output });
    });
  });
}
