// Settings from flags, environment, config file and defaults. Each value is checked where it comes
// from, and an error says where that is: a flag, a variable, or a line of the file.
import { existsSync } from "node:fs";
import { z } from "zod";
import type { HongbaoError } from "../base/error.ts";
import { nearestOf } from "../contract/campaign-file/problems.ts";
import { SourceTree } from "../contract/campaign-file/source-tree.ts";
import { contractError } from "../contract/errors.ts";
import { readText } from "./read-text.ts";
import {
  envName,
  SETTINGS,
  type Setting,
  type SettingKey,
  type SettingKind,
  type Settings,
} from "./settings.ts";

/** Read when it is there and nobody names another. */
const DEFAULT_FILE = "hongbao.yaml";
const CONFIG_ENV = "HONGBAO_CONFIG";

export interface SettingSources {
  /** Options as the command line parsed them, by their names in code. */
  flags: Readonly<Record<string, unknown>>;
  env: Readonly<Record<string, string | undefined>>;
}

/** The settings `keys`. Throws HongbaoError `invalid_config`. */
export async function resolveSettings<K extends SettingKey>(
  keys: readonly K[],
  { flags, env }: SettingSources,
): Promise<Pick<Settings, K>> {
  const file = await readConfig(flags.config ?? env[CONFIG_ENV]);
  const resolved: Record<string, unknown> = {};
  for (const key of keys) {
    const setting = SETTINGS.find((one) => one.key === key)!;
    resolved[key] =
      fromFlag(setting, flags[key]) ??
      fromEnv(setting, env[envName(key)]) ??
      file.get(key) ??
      setting.fallback;
  }
  return resolved as Pick<Settings, K>;
}

/** Variables that start like ours and mean nothing, each with the nearest that does. */
export function strayVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = [CONFIG_ENV, ...SETTINGS.filter((one) => one.keeps).map((one) => envName(one.key))];
  return Object.keys(env)
    .filter((name) => name.startsWith("HONGBAO_") && !known.includes(name))
    .map((name) => {
      const nearest = nearestOf(name, known);
      const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
      return `the environment variable ${name} means nothing${hint}`;
    });
}

function fromFlag(setting: Setting, value: unknown): unknown {
  if (value === undefined) return undefined;
  return typeof value === "string" ? fromText(setting, value, setting.flag!.split(" ")[0]!) : value;
}

function fromEnv(setting: Setting, text: string | undefined): unknown {
  if (text === undefined || text === "" || !setting.keeps) return undefined;
  return fromText(setting, text, envName(setting.key));
}

/** Text of a flag or variable as a value; only its whole, plain spelling counts. */
function fromText({ kind }: Setting, text: string, where: string): unknown {
  let value: unknown = text;
  if (kind.is === "number" && /^\d{1,15}$/.test(text)) value = Number(text);
  if (kind.is === "switch" && /^(true|false)$/.test(text)) value = text === "true";
  const result = schemaOf(kind).safeParse(value);
  if (result.success) return result.data;
  throw wrong(where, expectedOf(kind), foundOf(kind, text));
}

/** The file's settings by key. */
async function readConfig(named: unknown): Promise<Map<string, unknown>> {
  const file = typeof named === "string" ? named : DEFAULT_FILE;
  if (named === undefined && !existsSync(file)) return new Map();
  return parseConfig(await readText(file), file);
}

/** The text of a config file. Throws HongbaoError `invalid_config` with file, line and column. */
export function parseConfig(text: string, file: string): Map<string, unknown> {
  const settings = new Map<string, unknown>();
  if (text.replace(/#.*/g, "").trim() === "") return settings;
  const source = new SourceTree(text);
  const [problem] = source.problems;
  if (problem !== undefined) {
    throw wrong(`${file}:${problem.line}:${problem.column}`, problem.expected, problem.found);
  }
  if (typeof source.value !== "object" || source.value === null || Array.isArray(source.value)) {
    throw wrong(`${file}:1:1`, "settings, one `key: value` a line", "something else");
  }
  for (const [key, value] of Object.entries(source.value)) {
    const { line, column } = source.keyPlaceOf([key]);
    const where = `${file}:${line}:${column}: ${key}`;
    const setting = SETTINGS.find((one) => one.key === key);
    if (setting === undefined || !setting.keeps) throw unknownKey(where, key, setting);
    const result = schemaOf(setting.kind).safeParse(value);
    if (!result.success) throw wrong(where, expectedOf(setting.kind), foundOf(setting.kind, value));
    settings.set(key, result.data);
  }
  return settings;
}

function unknownKey(where: string, key: string, setting: Setting | undefined): HongbaoError {
  if (setting !== undefined) {
    const expected = `the flag ${setting.flag} at the one start that needs it`;
    return wrong(where, expected, "it in a file, where it would be forgotten");
  }
  const known = SETTINGS.filter((one) => one.keeps).map((one) => one.key);
  const nearest = nearestOf(key, known);
  const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
  return wrong(where, `one of ${known.join(", ")}`, `an unknown key${hint}`);
}

function wrong(where: string, expected: string, found: string): HongbaoError {
  return contractError("invalid_config", `${where}: expected ${expected}, found ${found}`);
}

function schemaOf(kind: SettingKind): z.ZodType {
  switch (kind.is) {
    case "number":
      return z.int().min(kind.min).max(kind.max);
    case "switch":
      return z.boolean();
    case "choice":
      return z.enum(kind.of);
    case "address":
      return z.url({ protocol: /^https?$/ });
    default:
      return z.string().min(1).max(4096);
  }
}

/** What a setting takes, in words. */
export function expectedOf(kind: SettingKind): string {
  switch (kind.is) {
    case "number":
      return `a whole number from ${kind.min} to ${kind.max}`;
    case "switch":
      return "true or false";
    case "choice":
      return `one of ${kind.of.join(", ")}`;
    case "address":
      return "an address such as http://127.0.0.1:8420";
    case "path":
      return "a path";
    default:
      return "text";
  }
}

/** Secrets are never repeated. */
function foundOf(kind: SettingKind, value: unknown): string {
  if (kind.is === "secret") return "something else";
  if (value === null) return "nothing";
  if (typeof value === "object") return "a group or a list";
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
