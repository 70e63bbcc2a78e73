// Writes the small tables of examples/tables: made-up experiments, each with a lesson. Seeded, so
// that they are the same on every machine (test/example-tables.test.ts compares).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RandomStream, randomStream } from "../src/base/keystream.ts";

const FOLDER = join(import.meta.dirname, "..", "examples", "tables");
const USERS = 3000;

/** File names and their text. */
export function exampleTables(): Map<string, string> {
  return new Map([
    ["works-and-loses.csv", worksAndLoses()],
    ["broken-randomisation.csv", brokenRandomisation()],
  ]);
}

/** A card brings orders and keeps users; what a user brings is less than what his card cost. */
function worksAndLoses(): string {
  const random = randomStream("works-and-loses", "users");
  const lines = ["user,arm,kept,orders"];
  for (let i = 1; i <= USERS; i++) {
    const isTreated = random.nextFloat() < 0.5;
    lines.push([`u${i}`, armOf(isTreated), ...outcomesOf(random, isTreated)].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** Half of the treated who never came back are lost on the way: the arms do not compare. */
function brokenRandomisation(): string {
  const random = randomStream("broken-randomisation", "users");
  const lines = ["user,arm,kept,orders"];
  for (let i = 1; i <= USERS; i++) {
    const isTreated = random.nextFloat() < 0.5;
    const [kept, orders] = outcomesOf(random, false);
    const isLost = random.nextFloat() < 0.5 && isTreated && kept === 0;
    if (!isLost) lines.push([`u${i}`, armOf(isTreated), kept, orders].join(","));
  }
  return `${lines.join("\n")}\n`;
}

function armOf(isTreated: boolean): string {
  return isTreated ? "card" : "none";
}

function outcomesOf(random: RandomStream, isTreated: boolean): [kept: number, orders: number] {
  const kept = random.nextFloat() < (isTreated ? 0.3 : 0.22) ? 1 : 0;
  const likely = kept === 1 ? 0.7 : 0.25;
  let orders = 0;
  while (orders < 12 && random.nextFloat() < likely) orders += 1;
  return [kept, orders];
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, text] of exampleTables()) writeFileSync(join(FOLDER, name), text);
}
