// Dead letters that somebody wants thrown away, or sent again: each of these is in the outbox, and
// saved there, before it is no dead letter any more, so that an end in between loses none.
import type { Message } from "./message.ts";
import type { Outbox } from "./outbox.ts";
import type { OutboxFolder } from "./outbox-file.ts";

export interface Replays {
  folder: OutboxFolder;
  outbox: Outbox;
  /** Keys of the dead letters. */
  dead: Set<string>;
  add: (message: Message, last: string | null) => void;
  save: () => Promise<void>;
}

/** Grants what is wished for, as far as there is room; the rest at the next call. */
export async function replayWishes({ folder, outbox, dead, add, save }: Replays): Promise<void> {
  await dropWished(folder, dead);
  for (const wish of await folder.wishes("replay")) {
    const keys = (await folder.readWish("replay", wish)).filter((key) => dead.has(key));
    const taken: string[] = [];
    for (const key of keys) {
      if (outbox.isFull) break;
      const letter = outbox.has(key) ? null : await folder.readDead(key);
      if (letter !== null) {
        const { attempts: _, deadAtMs: __, last, ...message } = letter;
        add(message, last);
      }
      taken.push(key);
    }
    await save();
    for (const key of taken) {
      await folder.removeDead(key);
      dead.delete(key);
    }
    if (taken.length === keys.length) await folder.removeWish("replay", wish);
  }
}

async function dropWished(folder: OutboxFolder, dead: Set<string>): Promise<void> {
  for (const wish of await folder.wishes("drop")) {
    for (const key of await folder.readWish("drop", wish)) {
      if (!dead.delete(key)) continue;
      await folder.removeDead(key);
    }
    await folder.removeWish("drop", wish);
  }
}
