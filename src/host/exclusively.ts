// Files of a data directory that processes take turns to change, such as a running server and the
// command line: by a lock that stands for that moment.
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { HongbaoError } from "../base/error.ts";
import { type Lock, takeLock } from "../journal/files/lock.ts";
import { openNodeDisk } from "../journal/files/node-disk.ts";
import { nodeProcessTable } from "../journal/files/process-table.ts";

const ASK_EVERY_MS = 10;
/** A change takes milliseconds: a lock of another boot that stands so long was left behind. */
const LEFT_BEHIND_MS = 2000;
const GIVE_UP_MS = 5000;

/** Runs `change` while nobody else holds the lock; `what` names what is changed, for messages. */
export async function exclusively<T>(
  directory: string,
  lockName: string,
  what: string,
  change: () => Promise<T>,
): Promise<T> {
  const lock = await waitForLock(directory, lockName, what);
  try {
    return await change();
  } finally {
    await lock.release();
  }
}

async function waitForLock(directory: string, name: string, what: string): Promise<Lock> {
  const disk = await openNodeDisk({ directory });
  const askedAtMs = performance.now();
  for (;;) {
    const waitedMs = performance.now() - askedAtMs;
    try {
      return await takeLock(disk, nodeProcessTable, waitedMs > LEFT_BEHIND_MS, name);
    } catch (cause) {
      if (!(cause instanceof HongbaoError) || cause.code !== "journal_locked") throw cause;
      if (waitedMs > GIVE_UP_MS) throw stillLocked(path.join(directory, name), what, cause);
    }
    await setTimeout(ASK_EVERY_MS);
  }
}

function stillLocked(place: string, what: string, cause: HongbaoError): HongbaoError {
  const message = `${place}: another process has been changing ${what} for ${GIVE_UP_MS} ms`;
  return new HongbaoError({ code: "overloaded", message, retryable: true, cause });
}
