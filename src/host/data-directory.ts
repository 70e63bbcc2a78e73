// A data directory on this machine's disk: journal/, log/, secrets/, lists/, reports/, snapshot and
// quarantine. What is secret is readable by its owner only.
import { randomBytes } from "node:crypto";
import { chmod, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fromHex, toHex } from "../base/bytes.ts";
import { HongbaoError } from "../base/error.ts";
import { diskFull } from "../journal/files/damage.ts";
import { isDiskFull } from "../journal/files/disk.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import { type Quarantine, quarantineMark } from "./quarantine.ts";
import { MASTER_KEY_BYTES, type SecretStore } from "./secrets.ts";

/** Where the parts of a data directory lie. */
export function dataPaths(directory: string): {
  journal: string;
  secrets: string;
  quarantine: string;
  lists: string;
  log: string;
  webhooks: string;
  reports: string;
} {
  return {
    journal: path.join(directory, "journal"),
    secrets: path.join(directory, "secrets"),
    quarantine: path.join(directory, "quarantine"),
    lists: path.join(directory, "lists"),
    log: path.join(directory, "log"),
    webhooks: path.join(directory, "webhooks"),
    reports: path.join(directory, "reports"),
  };
}

/** Writes a file so that it is there whole or not at all, and survives a crash. */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${file}.${process.pid}.new`;
  try {
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw isDiskFull(cause) ? diskFull(path.dirname(file), content.length, cause) : cause;
  }
  const directory = await open(path.dirname(file), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** A file's content, or null when there is none. */
export async function readIfThere(file: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Secrets as files: master.key in hex, unless it is given, and one sealed key a campaign. */
export class FileSecrets implements SecretStore {
  private readonly directory: string;
  private master: Uint8Array | null;

  constructor(directory: string, masterKey: Uint8Array | null) {
    this.directory = directory;
    this.master = masterKey;
  }

  async masterKey(): Promise<Uint8Array | null> {
    this.master ??= await this.readMaster();
    return this.master;
  }

  async ensureMasterKey(): Promise<Uint8Array> {
    this.master ??= (await this.readMaster()) ?? (await this.makeMaster());
    return this.master;
  }

  async readPseudonymKey(campaign: number): Promise<Uint8Array | null> {
    return await readIfThere(this.sealedFile(campaign));
  }

  async writePseudonymKey(campaign: number, sealed: Uint8Array): Promise<void> {
    await this.ensureDirectory();
    await writeWhole(this.sealedFile(campaign), sealed);
  }

  private sealedFile(campaign: number): string {
    return path.join(this.directory, `campaign-${campaign}.sealed`);
  }

  private async ensureDirectory(): Promise<void> {
    await makeDirectory(this.directory, 0o700);
    await chmod(this.directory, 0o700);
  }

  private get masterFile(): string {
    return path.join(this.directory, "master.key");
  }

  private async readMaster(): Promise<Uint8Array | null> {
    const kept = await readIfThere(this.masterFile);
    if (kept === null) return null;
    return parseMasterKey(new TextDecoder().decode(kept).trim(), this.masterFile);
  }

  private async makeMaster(): Promise<Uint8Array> {
    await this.ensureDirectory();
    const fresh = new Uint8Array(randomBytes(MASTER_KEY_BYTES));
    await writeWhole(this.masterFile, `${toHex(fresh)}\n`);
    return fresh;
  }
}

/** 64 hex digits; `where` is named in the error. */
export function parseMasterKey(text: string, where: string): Uint8Array {
  const key = fromHex(text);
  if (key !== null && key.length === MASTER_KEY_BYTES) return key;
  throw new HongbaoError({
    code: "wrong_key",
    message: `${where}: expected a master key of 64 hex digits, found ${text.length} characters`,
  });
}

/** Quarantine as a file of fingerprints, one a line. */
export class FileQuarantine implements Quarantine {
  private readonly file: string;
  private readonly marks: Set<string>;

  private constructor(file: string, marks: Set<string>) {
    this.file = file;
    this.marks = marks;
  }

  static async open(file: string): Promise<FileQuarantine> {
    const content = await readIfThere(file);
    const lines = content === null ? [] : new TextDecoder().decode(content).split("\n");
    return new FileQuarantine(file, new Set(lines.filter((line) => line !== "")));
  }

  get size(): number {
    return this.marks.size;
  }

  has(description: string): boolean {
    return this.marks.has(quarantineMark(description));
  }

  async add(description: string): Promise<void> {
    this.marks.add(quarantineMark(description));
    await writeWhole(this.file, `${[...this.marks].join("\n")}\n`);
  }
}
