// docs/reference/cli.md and docs/reference/configuration.md, from the command tree and the table of
// settings that the command line itself uses.
import type { Argument, Command, Option } from "commander";
import { EXIT_CODES } from "../src/cli/exit-codes.ts";
import { allCommands, buildProgram } from "../src/cli/program.ts";
import { expectedOf } from "../src/cli/resolve-settings.ts";
import { envName, SETTINGS, type Setting } from "../src/cli/settings.ts";
import { code, fence, heading, table } from "./docs/markdown.ts";

/** docs/reference/cli.md */
export function cliPage(): string {
  const program = buildProgram("0.0.0");
  const verbs = allCommands(program).filter((command) => command.commands.length === 0);
  const codes = EXIT_CODES.map((row) => [String(row.code), row.meaning, row.example]);
  return [
    heading("Command line", "src/cli/program.ts"),
    program.description(),
    "Results go to stdout, everything else to stderr. `--json`, where a verb has it, prints one " +
      "line of JSON instead, errors included. Colour and moving bars appear only on a terminal " +
      "and without `NO_COLOR`; what takes longer than a second shows its progress. `--debug` " +
      "adds to a failure where in the code it arose. Settings can also come from the " +
      "environment and from a file: see [configuration](configuration.md).",
    "## Exit codes",
    table(["code", "meaning", "such as"], codes),
    ...verbs.flatMap(verbSection),
    "",
  ].join("\n\n");
}

function verbSection(verb: Command): string[] {
  const name = fullName(verb);
  const args = verb.registeredArguments;
  const usage = [name, ...args.map(argumentText), "[options]"].join(" ");
  const options = verb.options.filter((option) => !option.hidden);
  return [
    `## ${name}`,
    verb.description(),
    fence("sh", usage),
    ...(args.length === 0 ? [] : [table(["argument", "meaning"], args.map(argumentRow))]),
    ...(options.length === 0 ? [] : [table(["option", "meaning"], options.map(optionRow))]),
    ...examples(verb),
  ];
}

function fullName(command: Command): string {
  const parent = command.parent;
  return parent === null ? command.name() : `${fullName(parent)} ${command.name()}`;
}

function argumentText(argument: Argument): string {
  const name = argument.name();
  return argument.required ? name.toUpperCase() : `[${name.toUpperCase()}]`;
}

function argumentRow(argument: Argument): string[] {
  return [code(argumentText(argument)), argument.description];
}

function optionRow(option: Option): string[] {
  const hasDefault = option.defaultValue !== undefined && typeof option.defaultValue !== "boolean";
  const fallback = hasDefault ? ` (default ${String(option.defaultValue)})` : "";
  const must = option.mandatory ? " (needed)" : "";
  return [code(flagText(option.flags)), `${option.description}${fallback}${must}`];
}

/** `--port <number>` is `--port NUMBER`: pages show no angle brackets. */
function flagText(flags: string): string {
  return flags.replace(/<([^>]+)>/g, (_, name: string) => name.toUpperCase());
}

/** What a verb's own help ends with. */
function examples(verb: Command): string[] {
  let text = "";
  verb.configureOutput({ writeOut: (part) => (text += part) });
  verb.outputHelp();
  const at = text.search(/^Examples?:$/m);
  if (at < 0) return [];
  const lines = text
    .slice(at)
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return [fence("sh", lines.join("\n"))];
}

/** docs/reference/configuration.md */
export function configurationPage(): string {
  const lasting = SETTINGS.filter((setting) => setting.keeps);
  const single = SETTINGS.filter((setting) => !setting.keeps);
  return [
    heading("Configuration", "src/cli/settings.ts"),
    "A setting comes from, in this order: its flag, its environment variable, the config file, " +
      "its default. The config file is `--config FILE`, else `HONGBAO_CONFIG`, else " +
      "`hongbao.yaml` in the working directory if there is one. An unknown key or a wrong value " +
      "is refused, with file, line and column; an unknown `HONGBAO_…` variable is warned about.",
    fence(
      "yaml",
      "# hongbao.yaml\nport: 8420\ndata: /var/lib/hongbao\nmasterKeyFile: /run/secrets/hongbao",
    ),
    "## Settings",
    table(
      ["key", "flag", "variable", "default", "takes", "meaning", "why so"],
      lasting.map((setting) => settingRow(setting, true)),
    ),
    "## Flags for one start only",
    "They accept a risk that somebody must have looked at, so neither file nor environment can " +
      "keep them.",
    table(
      ["flag", "default", "takes", "meaning", "why so"],
      single.map((setting) => settingRow(setting, false)),
    ),
    "## Limits",
    "What is bounded without being a setting (bodies, ids, batches, connections, streams) stands " +
      "with its reason in [src/base/limits.ts](../../src/base/limits.ts).",
    "",
  ].join("\n\n");
}

function settingRow(setting: Setting, isLasting: boolean): string[] {
  const { key, flag, kind, fallback, meaning, reason } = setting;
  const names = isLasting
    ? [code(key), flag === null ? "–" : code(flagText(flag)), code(envName(key))]
    : [];
  const first = isLasting ? names : [code(flagText(flag!))];
  return [
    ...first,
    fallback === null ? "–" : code(String(fallback)),
    expectedOf(kind),
    meaning,
    reason,
  ];
}
