#!/usr/bin/env node
// The command `hongbao`: parses the words, runs the verb, turns what goes wrong into a kind line
// and an exit code.
import { CommanderError } from "commander";
import { EXIT } from "./exit-codes.ts";
import { tellFailure } from "./failure.ts";
import { buildProgram, verbOf } from "./program.ts";
import { packageVersion } from "./version.ts";

// A reader that has seen enough, such as `| head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  throw error;
});

const argv = process.argv.slice(2);
const program = buildProgram(packageVersion());
try {
  if (argv.length === 0) program.outputHelp();
  else await program.parseAsync(argv, { from: "user" });
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    // Help and version are asked for; the rest was told by commander, with the nearest word.
    process.exitCode = thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    const debug = argv.includes("--debug");
    const json = argv.includes("--json");
    process.exitCode = tellFailure(thrown, { debug, json, verb: verbOf(program, argv) });
  }
}
