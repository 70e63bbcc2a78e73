// Files that a flag names for results: looked at before anything is computed, so that a minute's
// work is not lost to a missing folder, and never one of those that are read; written under another
// name and renamed, so that a reader never meets half a file.
import { access, constants, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { HongbaoError } from "../base/error.ts";
import { contractError } from "../contract/errors.ts";

/**
 * The file that `given` names; null where the flag was not given. Throws `invalid_usage` where it
 * cannot be written, is one of the inputs, or lies in a folder that is one.
 * @param flag such as "--html"
 * @param inputs files and folders that are read
 */
export async function outputFile(
  flag: string,
  given: unknown,
  inputs: readonly string[],
): Promise<string | null> {
  if (given === undefined) return null;
  const file = String(given);
  if (file.trim() === "") throw refusal(flag, "a file's name", "an empty one");
  const folder = dirname(file);
  const [own, around] = await Promise.all([statOf(file), statOf(folder)]);
  if (around === null) throw refusal(flag, `a folder ${folder}`, "none: make it first");
  if (!around.isDirectory()) throw refusal(flag, `a folder ${folder}`, "a file");
  if (own?.isDirectory()) throw refusal(flag, "a file's name", `${file}, which is a folder`);
  await refuseInputs(flag, file, inputs);
  // A new file needs the folder, one that is there may be a device.
  const target = own === null || own.isFile() ? folder : file;
  await access(target, constants.W_OK).catch(() => {
    throw refusal(flag, "a folder that this user may write to", folder);
  });
  return file;
}

/** As `outputFile`, for a page: an older page is replaced, and nothing else. */
export async function outputPage(
  flag: string,
  given: unknown,
  inputs: readonly string[],
): Promise<string | null> {
  const file = await outputFile(flag, given, inputs);
  if (file === null) return null;
  const own = await statOf(file);
  if (own === null || !own.isFile() || own.size === 0) return file;
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    const start = buffer.subarray(0, bytesRead).toString("utf8");
    if (/^\uFEFF?\s*<!doctype html/i.test(start)) return file;
  } finally {
    await handle.close();
  }
  throw refusal(flag, "a new file, or an older page", `${file}, which is another file`);
}

/** As `outputFile`, for what somebody may have worked on: it is new, or `--overwrite` was given. */
export async function newOutputFile(
  flag: string,
  given: unknown,
  inputs: readonly string[],
  overwrite: boolean,
): Promise<string | null> {
  const file = await outputFile(flag, given, inputs);
  if (file === null || overwrite || (await statOf(file)) === null) return file;
  const message = `${flag}: expected a new file, found ${file}: name another, or add --overwrite`;
  throw contractError("invalid_usage", message);
}

/** Refuses one file for two results. */
export async function refuseSame(
  flag: string,
  file: string | null,
  otherFlag: string,
  other: string | null,
): Promise<void> {
  if (file === null || other === null) return;
  if ((await placeOf(file)) !== (await placeOf(other))) return;
  throw refusal(flag, `another file than ${otherFlag}`, `${file} in both`);
}

/** Refuses a file that is one of the inputs, or lies in a folder that is one. */
export async function refuseInputs(
  flag: string,
  file: string,
  inputs: readonly string[],
): Promise<void> {
  for (const input of inputs) {
    if (!(await isWithin(file, input))) continue;
    const other = resolve(file) === resolve(input) ? "" : `: it is ${input}, or lies in it`;
    throw refusal(flag, "a file that is not read", `${file}, which is read${other}`);
  }
}

function refusal(flag: string, expected: string, found: string): HongbaoError {
  return contractError("invalid_usage", `${flag}: expected ${expected}, found ${found}`, {
    next: `Name another file with ${flag}.`,
  });
}

/** Whether the file is the input, by whatever name, or lies in it. */
async function isWithin(file: string, input: string): Promise<boolean> {
  const [own, read] = await Promise.all([statOf(file), statOf(input)]);
  if (read === null) return false;
  // Another link to the same file, or another spelling where cases are alike.
  if (own !== null && own.dev === read.dev && own.ino === read.ino) return true;
  if (!read.isDirectory()) return false;
  const way = relative(await realpath(input), await placeOf(file));
  return way !== ".." && !way.startsWith(`..${sep}`);
}

/** Where what is there, or will be, really lies. */
async function placeOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return real;
  const around = dirname(path);
  return around === path ? path : join(await placeOf(around), basename(path));
}

async function statOf(path: string) {
  return await stat(path).catch(() => null);
}

/** Writes a file so that it is there whole or as it was; what is no file is written to directly. */
export async function writeOutput(file: string, content: string): Promise<void> {
  const own = await statOf(file);
  if (own !== null && !own.isFile()) return await writeFile(file, content);
  const place = await placeOf(file);
  const temporary = `${place}.${process.pid}.new`;
  try {
    await writeFile(temporary, content, own === null ? {} : { mode: own.mode });
    await rename(temporary, place);
  } finally {
    await rm(temporary, { force: true });
  }
}
