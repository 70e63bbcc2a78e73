// One writer a directory: a lock file names the process that writes. It is taken over only from a
// process that provably ended, else by the operator's word, and never from one that provably runs.
// Other files that processes take turns to change have locks of their own names.
import { utf8 } from "../../base/bytes.ts";
import { refusal } from "./damage.ts";
import { type Disk, readSmallFile } from "./disk.ts";

export const LOCK_FILE = "lock";

export interface LockOwner {
  /** Of the machine's present boot; process ids mean nothing beyond it. */
  bootId: string;
  /** In which process ids are counted; containers have their own. */
  pidNamespace: string;
  pid: number;
  /** Tells a process from a later one with the same id. */
  startedAt: string;
  /** New for each lock that is taken. */
  nonce: string;
}

/** What the lock asks of the operating system. */
export interface ProcessTable {
  self(): LockOwner;
  stateOf(owner: LockOwner): "alive" | "dead" | "unknown";
}

export interface Lock {
  release(): Promise<void>;
}

/** Takes the directory's lock, or the one of that name, or rejects with `journal_locked`. */
export async function takeLock(
  disk: Disk,
  processes: ProcessTable,
  takeOver: boolean,
  name: string = LOCK_FILE,
): Promise<Lock> {
  const self = processes.self();
  const content = utf8(`${JSON.stringify(self)}\n`);
  const asked: Asked = { disk, processes, takeOver, name };
  if (!(await disk.createExclusive(name, content))) await takeOverLock(asked, content);
  return {
    release: async () => {
      const owner = await readOwner(disk, name);
      if (owner !== null && owner !== "unreadable" && owner.nonce === self.nonce) {
        await disk.remove(name);
      }
    },
  };
}

/** Whether the directory's lock stands and its owner provably ended. */
export async function lockIsLeft(disk: Disk, processes: ProcessTable): Promise<boolean> {
  const owner = await readOwner(disk, LOCK_FILE);
  return owner !== null && owner !== "unreadable" && processes.stateOf(owner) === "dead";
}

interface Asked {
  disk: Disk;
  processes: ProcessTable;
  takeOver: boolean;
  name: string;
}

/**
 * Whoever creates the claim file named for the old lock's nonce may replace that lock, and only
 * while it still stands. Two that try at once cannot both succeed, nor can a slow one take a lock
 * that was replaced meanwhile. A claim whose maker ended is claimed in turn.
 */
async function takeOverLock(asked: Asked, content: Uint8Array): Promise<void> {
  const { disk, name } = asked;
  const old = await readOwner(disk, name);
  const claims: string[] = [];
  for (let owner = old; ; ) {
    mustBeOver(asked, owner);
    const claim = `${name}.claim-${nonceOf(owner)}${owner === "unreadable" ? claims.length : ""}`;
    claims.push(claim);
    if (await disk.createExclusive(claim, content)) break;
    if (claims.length > 100) throw locked(asked, "is being taken over by another process");
    owner = await readOwner(disk, claim);
  }
  const present = await readOwner(disk, name);
  if (nonceOf(present) !== nonceOf(old)) {
    await disk.remove(claims.at(-1)!);
    throw locked(asked, "was just taken by another process");
  }
  // The last claim holds our own identity: as the new lock it is whole from the first moment.
  await disk.rename(claims.pop()!, name);
  for (const claim of claims) await disk.remove(claim);
}

function mustBeOver(asked: Asked, owner: LockOwner | "unreadable" | null): void {
  const { processes, takeOver } = asked;
  if (owner === null) throw locked(asked, "was just released; try again");
  const state = owner === "unreadable" ? "unknown" : processes.stateOf(owner);
  if (state === "dead") return;
  if (state === "alive") {
    const pid = (owner as LockOwner).pid;
    throw locked(asked, `is open in process ${pid}. Stop that process, or use another directory`);
  }
  if (takeOver) return;
  const who = owner === "unreadable" ? "an unknown process" : `process ${owner.pid}`;
  throw locked(
    asked,
    `was opened by ${who} of another boot, machine or container, which may still run. ` +
      "Make sure that it does not, then start with --take-over",
  );
}

function locked({ disk, name }: Asked, found: string): Error {
  const next = "Only one process may write a journal; network file systems are not supported";
  return refusal("journal_locked", { place: disk.place, file: name }, `it ${found}`, next);
}

function nonceOf(owner: LockOwner | "unreadable" | null): string | null {
  return owner === null || owner === "unreadable" ? owner : owner.nonce;
}

async function readOwner(disk: Disk, name: string): Promise<LockOwner | "unreadable" | null> {
  const bytes = await readSmallFile(disk, name);
  if (bytes === null) return null;
  try {
    const owner = JSON.parse(new TextDecoder().decode(bytes)) as Partial<LockOwner>;
    const texts = [owner.bootId, owner.pidNamespace, owner.startedAt, owner.nonce];
    const whole = texts.every((text) => typeof text === "string") && Number.isInteger(owner.pid);
    return whole ? (owner as LockOwner) : "unreadable";
  } catch {
    return "unreadable"; // cut short by a crash: nobody can be proved dead, so the flag decides
  }
}
