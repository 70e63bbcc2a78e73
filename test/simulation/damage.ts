// What age and bad cables do to a disk after the fact: a flipped bit, a sector that reads as zeros.
import type { Chance } from "./chance.ts";
import type { SimulatedDisk } from "./disk.ts";

const BLOCK = 4096;
const SECTOR = 512;
const RECORD = Buffer.from("hbrecord");

/** Flips a bit that somebody wrote, mostly near the end. */
export function flipSomeBit(chance: Chance, disk: SimulatedDisk, name: string): void {
  const content = disk.content(name);
  const written: number[] = [];
  for (let at = 0; at < content.length; at++) if (content[at] !== 0) written.push(at);
  const from = chance.yes(0.6) ? Math.max(0, written.length - 300) : 0;
  const at = written.length === 0 ? 0 : written[chance.int(from, written.length - 1)]!;
  disk.flipBit(name, at, chance.int(0, 7));
}

/** Zeroes a sector of a record that is not the last one. False when there is none. */
export function loseSector(chance: Chance, disk: SimulatedDisk, names: readonly string[]): boolean {
  const segments = names.filter((name) => name.endsWith(".journal"));
  const records = segments.flatMap((name) => {
    const content = disk.content(name);
    const places: { name: string; at: number; end: number }[] = [];
    for (let at = 2 * BLOCK; at < content.length; at += BLOCK) {
      const starts = RECORD.equals(content.subarray(at, at + RECORD.length));
      if (starts) places.push({ name, at, end: at + BLOCK });
      else if (places.length > 0) places.at(-1)!.end = at + BLOCK;
    }
    return places;
  });
  if (records.length < 2) return false;
  const recent = Math.max(0, records.length - 4);
  const { name, at, end } = records[chance.int(recent, records.length - 2)]!;
  const content = disk.content(name);
  const full: number[] = [];
  for (let sector = at; sector < end; sector += SECTOR) {
    if (content.subarray(sector, sector + SECTOR).some((byte) => byte !== 0)) full.push(sector);
  }
  const lost = chance.pick(full);
  content.fill(0, lost, lost + SECTOR);
  return true;
}
