// The one table of settings: config file, environment and flags are read by it, `--help` and
// docs/reference/configuration.md are written from it. Flags win over the environment, that over
// the config file, that over the defaults.

export type SettingKind =
  | { readonly is: "text" }
  | { readonly is: "path" }
  | { readonly is: "address" }
  | { readonly is: "secret" }
  | { readonly is: "switch" }
  | { readonly is: "choice"; readonly of: readonly string[] }
  | { readonly is: "number"; readonly min: number; readonly max: number };

export interface Setting {
  /** Its key in the config file, and its name in code. */
  readonly key: string;
  /** As the command line takes it; null where a flag would be unsafe. */
  readonly flag: string | null;
  readonly kind: SettingKind;
  /** Null: none. */
  readonly fallback: string | number | boolean | null;
  readonly meaning: string;
  /** Why the default is what it is. */
  readonly reason: string;
  /** False: only this start may say so, never a file that is forgotten there. */
  readonly keeps: boolean;
}

/** What `resolveSettings` gives. */
export interface Settings {
  port: number;
  host: string;
  data: string;
  durable: boolean;
  masterKey: string | null;
  masterKeyFile: string | null;
  logLevel: string;
  logFormat: string;
  requestTimeoutMs: number;
  queueLines: number;
  trustClock: boolean;
  takeOver: boolean;
  acceptBitFlip: boolean;
  withoutLists: boolean;
  clock: string;
  receipts: boolean;
  checkpointSeconds: number;
  witnesses: string | null;
  stopWhenIdle: number | null;
  url: string;
  key: string | null;
  campaign: string | null;
  user: string | null;
  timeoutMs: number;
}

export type SettingKey = keyof Settings;

type Row = readonly [
  flag: string | null,
  kind: SettingKind,
  fallback: string | number | boolean | null,
  meaning: string,
  reason: string,
  keeps?: false,
];

const TEXT = { is: "text" } as const;
const PATH = { is: "path" } as const;
const ADDRESS = { is: "address" } as const;
const SECRET = { is: "secret" } as const;
const SWITCH = { is: "switch" } as const;
const LEVELS = { is: "choice", of: ["info", "warn", "error", "silent"] } as const;
const FORMATS = { is: "choice", of: ["auto", "pretty", "json"] } as const;
const CLOCKS = { is: "choice", of: ["system", "driven"] } as const;

const ROWS: { readonly [K in SettingKey]: Row } = {
  port: [
    "--port <number>",
    { is: "number", min: 0, max: 65_535 },
    8420,
    "Port that the server listens on; 0 takes any free one and says which.",
    "Not used by anything common.",
  ],
  host: [
    "--host <address>",
    TEXT,
    "127.0.0.1",
    "Address that the server listens on.",
    "Nothing from outside gets in until somebody decides so; TLS belongs to a proxy before it.",
  ],
  data: [
    "--data <dir>",
    PATH,
    "data/server",
    "Data directory: journal, secrets, keys, snapshot. One process; no network file system.",
    "Beside what the demo leaves, and ignored by git.",
  ],
  durable: [
    "--no-durable",
    SWITCH,
    true,
    "Durable answers wait for the disk; without, a crash forgets some that were sent.",
    "A promise that a crash can break is none. Without it every answer says `durable: false`.",
  ],
  masterKey: [
    null,
    SECRET,
    null,
    "64 hex digits that seal the campaigns' secrets. Without it the data directory keeps its own.",
    "Never a flag: every user of a machine can read the command lines of all processes.",
  ],
  masterKeyFile: [
    "--master-key-file <file>",
    PATH,
    null,
    "File that holds the master key, such as a mounted secret.",
    "Keeps the key apart from the data that it seals.",
  ],
  logLevel: [
    "--log-level <level>",
    LEVELS,
    "info",
    "What the log shows.",
    "Starts, stops and troubles; requests are in the metrics.",
  ],
  logFormat: [
    "--log-format <format>",
    FORMATS,
    "auto",
    "One-liners for people or JSON for collectors.",
    "auto: one-liners on a terminal, JSON in a pipe.",
  ],
  requestTimeoutMs: [
    "--request-timeout-ms <ms>",
    { is: "number", min: 10, max: 600_000 },
    5000,
    "How long a request may wait for the writer before it is dropped undecided.",
    "Longer, and callers have given up before the answer comes.",
  ],
  queueLines: [
    "--queue-lines <count>",
    { is: "number", min: 100, max: 1_000_000 },
    20_000,
    "Requests that may wait for the writer; more get 503 before anything is decided.",
    "About 50 ms of work: beyond it waiting only grows.",
  ],
  trustClock: [
    "--trust-clock",
    SWITCH,
    false,
    "Start although the clock is far from the journal's last record.",
    "Expiries and daily limits follow the clock: a wrong one does harm that cannot be undone.",
    false,
  ],
  takeOver: [
    "--take-over",
    SWITCH,
    false,
    "Take the journal from a writer that cannot be proved dead.",
    "Two writers destroy a journal; only you can know that the other is gone.",
    false,
  ],
  acceptBitFlip: [
    "--accept-bit-flip",
    SWITCH,
    false,
    "Give up a complete last record that fails its checksum.",
    "It may hold acknowledged answers: losing them must be somebody's decision.",
    false,
  ],
  withoutLists: [
    "--without-lists",
    SWITCH,
    false,
    "Start although a list of users that the journal names is missing.",
    "Without it users would be refused, or let in, by another list than the one that was checked.",
    false,
  ],
  clock: [
    "--clock <kind>",
    CLOCKS,
    "system",
    "`driven` lets an admin set the time, forward only. For drills only.",
    "A ledger of real money follows real time.",
    false,
  ],
  receipts: [
    "--no-receipts",
    SWITCH,
    true,
    "Checkpoints of the journal and receipts; a thread of its own makes them.",
    "They take a core while there is much to do: without one to spare, switch them off.",
  ],
  checkpointSeconds: [
    "--checkpoint-seconds <seconds>",
    { is: "number", min: 1, max: 86_400 },
    10,
    "How often a checkpoint is signed while the journal grows.",
    "A receipt waits about as long; each checkpoint is some 300 bytes for ever.",
  ],
  witnesses: [
    "--witnesses <file>",
    PATH,
    null,
    "File with a line `witness NAME VKEY URL` for each witness that checkpoints are shown to.",
    "None: who watches must be chosen by whoever wants to be believed.",
  ],
  stopWhenIdle: [
    "--stop-when-idle <minutes>",
    { is: "number", min: 1, max: 10_080 },
    null,
    "End by itself once nobody has been connected for so many minutes.",
    "None: a server of real money goes on until somebody stops it. The demo's takes 60.",
    false,
  ],
  url: [
    "--url <url>",
    ADDRESS,
    "http://127.0.0.1:8420",
    "Server that the remote verbs talk to.",
    "Where `hongbao serve` listens by default.",
  ],
  key: [
    "--key <key>",
    SECRET,
    null,
    "API key of the remote verbs.",
    "Prefer HONGBAO_KEY: flags are visible to all users of a machine and stay in histories.",
  ],
  campaign: [
    "--campaign <id>",
    TEXT,
    null,
    "Campaign that a verb acts in.",
    "None: money is never moved in a campaign that nobody named.",
  ],
  user: [
    "--user <id>",
    TEXT,
    null,
    "User who claims, or for whom an assistant acts.",
    "None: for `mcp` it means the manager's read-only tools.",
  ],
  timeoutMs: [
    "--timeout-ms <ms>",
    { is: "number", min: 100, max: 600_000 },
    5000,
    "How long a remote verb waits for its answer, repetitions included.",
    "A quick restart of the server goes unnoticed, a wrong address does not for long.",
  ],
};

/** Every setting, in the order of the table. */
export const SETTINGS: readonly Setting[] = Object.entries(ROWS).map(
  ([key, [flag, kind, fallback, meaning, reason, keeps = true]]) => ({
    key,
    flag,
    kind,
    fallback,
    meaning,
    reason,
    keeps,
  }),
);

/** `queueLines` is HONGBAO_QUEUE_LINES. */
export function envName(key: string): string {
  return `HONGBAO_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

export function settingOf(key: SettingKey): Setting {
  return SETTINGS.find((setting) => setting.key === key)!;
}
