// Dead letters that somebody wants sent again: each is in the outbox, and saved there, before it is
// no dead letter any more, so that an end in between loses none.
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
  for (const wish of await folder.replayWishes()) {
    const keys = (await folder.readWish(wish)).filter((key) => dead.has(key));
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
    if (taken.length === keys.length) await folder.removeWish(wish);
  }
}
