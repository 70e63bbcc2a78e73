// How a verb is put into the command tree: its words are there at once, its code is loaded when it
// runs, so that help is quick.
import { type Command, Option } from "commander";
import type { ExitCode } from "./exit-codes.ts";
import { envName, type SettingKey, settingOf } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

/** What a verb is run with. */
export interface VerbCall {
  terminal: Terminal;
  /** The words after the verb. */
  args: readonly (string | undefined)[];
  /** Options that were given, by their names in code. */
  flags: Readonly<Record<string, unknown>>;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether the result goes to a program. */
  json: boolean;
}

export type Verb = (call: VerbCall) => Promise<ExitCode>;

/** Runs `load()`'s function as the action of a command. */
export function runs(command: Command, load: () => Promise<Verb>): Command {
  command.option("--json", "print the result as one line of JSON, for programs");
  return acts(command, load);
}

/** As `runs`, for a verb that has no result of its own. */
export function acts(command: Command, load: () => Promise<Verb>): Command {
  return command.action(async (...all: unknown[]) => {
    const args = all.slice(0, -2) as (string | undefined)[];
    const [{ openTerminal }, verb] = await Promise.all([import("./terminal.ts"), load()]);
    const flags = givenFlags(command);
    const call = { terminal: openTerminal(), args, flags, env: process.env };
    process.exitCode = await verb({ ...call, json: flags.json === true });
  });
}

/** What a verb needs to ask a server, and to ask it about a campaign that settings name. */
export const SERVER: readonly SettingKey[] = ["url", "key", "timeoutMs"];
export const SERVER_AND_CAMPAIGN: readonly SettingKey[] = ["campaign", ...SERVER];

/** The option of verbs that leave a note in the journal. */
export const WHY: readonly [flag: string, meaning: string] = [
  "--why <text>",
  "why, for whoever reads the journal later",
];

/** Options of settings, with default and variable from the one table. */
export function withSettings(command: Command, keys: readonly SettingKey[]): Command {
  for (const key of keys) {
    const { flag, meaning, fallback, keeps } = settingOf(key);
    const notes = [
      ...(fallback === null || typeof fallback === "boolean" ? [] : [`default ${fallback}`]),
      ...(keeps ? [envName(key)] : []),
    ];
    const note = notes.length === 0 ? "" : ` (${notes.join(", ")})`;
    const option = new Option(flag!, meaning.replace(/`/g, "") + note);
    command.addOption(option.default(undefined));
  }
  return command.option("--config <file>", "YAML file of settings (default hongbao.yaml)");
}

/** The options of verbs whose result a server can keep: see `publish`. */
export function withPublish(command: Command): Command {
  command
    .option("--publish", "keep it on the server, too, where the console shows it")
    .option("--campaign <id>", "with --publish: the campaign on the server that it is about");
  return withSettings(command, SERVER);
}

/** The end of a verb's help. */
export function example(command: Command, ...lines: readonly string[]): Command {
  const title = lines.length > 1 ? "Examples" : "Example";
  return command.addHelpText(
    "after",
    `\n${title}:\n${lines.map((line) => `  ${line}\n`).join("")}`,
  );
}

/** For options that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/**
 * Defaults are left out: they come from the settings' own table. What follows a verb within a verb
 * (`prove quick`) goes to the outer one where that has an option of the same name.
 */
function givenFlags(command: Command): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (let each: Command = command; ; each = each.parent) {
    for (const [name, value] of Object.entries(each.opts())) {
      if (each.getOptionValueSource(name) !== "cli" || name in given) continue;
      if (each !== command) requireOwn(command, each, name);
      given[name] = value;
    }
    // The root's options are of every verb.
    if (each.parent?.parent == null) return given;
  }
}

function requireOwn(command: Command, outer: Command, name: string): void {
  if (command.options.some((option) => option.attributeName() === name)) return;
  const { long } = outer.options.find((option) => option.attributeName() === name)!;
  command.error(`error: unknown option '${long}'`, { code: "commander.unknownOption" });
}
