// The one table of exit codes. Scripts branch on them, so a number never changes its meaning.

export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  damaged: 4,
  defect: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES: readonly { code: ExitCode; meaning: string; example: string }[] = [
  { code: 0, meaning: "Done.", example: "granted; the campaign is valid; the journal is sound" },
  {
    code: 1,
    meaning: "Decided and refused, or it failed.",
    example: "`cap_reached`; an invalid campaign file; a key without the scope; a busy port",
  },
  {
    code: 2,
    meaning: "The command line or a setting is wrong; nothing was tried.",
    example: "an unknown option; a wrong line in the config file",
  },
  {
    code: 3,
    meaning: "The server was not reached, or is too busy; the same command may succeed later.",
    example: "`unreachable`, `timeout`, `overloaded`, `shutting_down`",
  },
  {
    code: 4,
    meaning: "A journal is damaged, incomplete or contradicts its rules.",
    example: "`journal_damaged`, `journal_truncated`, `verification_failed`",
  },
  { code: 70, meaning: "A defect of hongbao itself.", example: "an internal check failed" },
  { code: 130, meaning: "Interrupted, or told twice to stop.", example: "Ctrl-C" },
];

const DAMAGED: ReadonlySet<string> = new Set([
  "journal_damaged",
  "journal_bit_flip",
  "journal_truncated",
  "verification_failed",
]);
const LATER: ReadonlySet<string> = new Set([
  "unreachable",
  "timeout",
  "connection_lost",
  "overloaded",
  "deadline_exceeded",
  "not_ready",
  "shutting_down",
  "disk_full",
  "clock_stopped",
]);
const USAGE: ReadonlySet<string> = new Set(["invalid_usage", "invalid_config"]);

/** The exit code of an error of the catalogue. */
export function exitCodeOf(errorCode: string): ExitCode {
  if (USAGE.has(errorCode)) return EXIT.usage;
  if (LATER.has(errorCode)) return EXIT.unreachable;
  if (DAMAGED.has(errorCode)) return EXIT.damaged;
  return EXIT.failed;
}
