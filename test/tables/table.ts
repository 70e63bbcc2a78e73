// Ledger scenarios as text: what is asked when, what is answered, where the money is afterwards.
// The settings stand above the table; grants are called by the ids of their claims.
import type { CampaignDefinition, CapDefinition } from "../../src/core/definition.ts";
import type { Ask, PhaseChange } from "../simulation/asks.ts";
import { CoreRun } from "../simulation/core-run.ts";
import { cap, plainCampaign, START_MS } from "../simulation/plain-campaign.ts";

const CAMPAIGN = "drill";
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export interface Row {
  line: number;
  atMs: number;
  command: string[];
  answer: string;
  /** spent, reserved, settling, free */
  money: number[];
}

export interface Table {
  definition: CampaignDefinition;
  rows: Row[];
}

/** `1d`, `1d-1ms`, `2h+30m`, `0`: an instant after the campaign's start. */
function parseInstant(text: string): number {
  let atMs = START_MS;
  for (const [, sign, digits, unit] of text.matchAll(/([+-]?)(\d+)(ms|s|m|h|d)?/g)) {
    atMs += (sign === "-" ? -1 : 1) * Number(digits) * (UNITS[unit ?? "ms"] ?? 1);
  }
  return atMs;
}

export function parseTable(text: string): Table {
  let definition = plainCampaign();
  const rows: Row[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/#.*/, "").trim();
    if (line === "" || line.startsWith("at ")) continue;
    const columns = line.split("|").map((column) => column.trim());
    if (columns.length === 1) definition = setting(definition, line.split(/\s+/));
    else if (columns.length === 4) rows.push(rowOf(columns as [string, ...string[]], index + 1));
    else throw new Error(`line ${index + 1}: expected four columns, found ${columns.length}`);
  }
  return { definition, rows };
}

function rowOf([at, command, answer, money]: readonly string[], line: number): Row {
  const figures = money!.split(/\s+/).map(Number);
  if (figures.length !== 4 || figures.some(Number.isNaN)) {
    throw new Error(`line ${line}: expected spent, reserved, settling, free, found ${money}`);
  }
  return {
    line,
    atMs: parseInstant(at!),
    command: command!.split(/\s+/),
    answer: answer!,
    money: figures,
  };
}

function setting(definition: CampaignDefinition, words: readonly string[]): CampaignDefinition {
  const [name, value, ...more] = words as [string, string, ...string[]];
  const span = parseInstant(value) - START_MS;
  const [card, ...others] = definition.offers;
  switch (name) {
    case "budget":
      return { ...definition, budgetMinor: Number(value) };
    case "settles":
      return { ...definition, settlingLagMs: span };
    case "ends":
      return { ...definition, endsAtMs: START_MS + span };
    case "closes":
      return { ...definition, closesAtMs: START_MS + span };
    case "card": {
      const reward = { kind: "fixed", amountMinor: Number(value) } as const;
      const expiry = { kind: "after", afterMs: parseInstant(more[1]!) - START_MS } as const;
      return { ...definition, offers: [{ ...card!, reward, expiry }, ...others] };
    }
    case "cap":
      return { ...definition, caps: [...definition.caps, capOf([value, ...more])] };
    default:
      throw new Error(`expected a setting, found ${words.join(" ")}`);
  }
}

/** `ID DIMENSION money|grants PER LIMIT claim|redemption refund|keep` */
function capOf(words: readonly string[]): CapDefinition {
  const [id, dimension, counts, per, limit, on, refund] = words as [
    string,
    string,
    CapDefinition["counts"],
    CapDefinition["per"],
    string,
    CapDefinition["on"],
    string,
  ];
  const back = refund === "refund";
  return cap({ id, dimension, counts, per, limit: Number(limit), on, refund: back });
}

/**
 * Plays a table; returns the rows as they came out, to be compared with those that were written.
 */
export function playTable({ definition, rows }: Table): { expected: string[]; found: string[] } {
  const run = new CoreRun(definition);
  const grants = new Map<string, number>();
  const expected: string[] = [];
  const found: string[] = [];
  for (const { line, atMs, command, answer, money } of rows) {
    const said = wordsOf(run.ask(askOf(run, grants, command), atMs).answer);
    const ordinal = run.auditor.books.grants.length - 1;
    if (command[0] === "claim" && said.startsWith("granted")) grants.set(command[1]!, ordinal);
    const { books, grantableMinor } = run.state.campaigns[0]!;
    const { spentMinor, reservedMinor, settlingMinor, returnedMinor } = books;
    const now = [spentMinor, reservedMinor, settlingMinor, grantableMinor + returnedMinor];
    const what = `${line}: ${command.join(" ")}`;
    expected.push(`${what} | ${answer} | ${money.join(" ")}`);
    found.push(`${what} | ${said} | ${now.join(" ")}`);
  }
  return { expected, found };
}

function askOf(run: CoreRun, grants: ReadonlyMap<string, number>, words: readonly string[]): Ask {
  const campaign = CAMPAIGN;
  const named = words.filter((word) => word.includes("="));
  const [what, id, of, more] = words.filter((word) => !word.includes("=")) as [string, ...string[]];
  const attributes = Object.fromEntries(named.map((word) => word.split("=") as [string, string]));
  const given = named.length === 0 ? {} : { attributes };
  const grant = (): string => run.grant(grants.get(of!) ?? 1000);
  switch (what) {
    case "claim":
      return { op: "claim", campaign, input: { id: id!, user: of!, offer: "card", ...given } };
    case "redeem": {
      const amount = more === undefined ? {} : { amountMinor: Number(more) };
      return { op: "redeem", campaign, input: { id: id!, grant: grant(), ...amount, ...given } };
    }
    case "cancel":
      return { op: "cancel", campaign, input: { id: id!, grant: grant() } };
    case "reverse":
      return { op: "reverse", campaign, input: { id: id!, redemption: of! } };
    case "sweep":
      return { op: "sweep", campaign };
    default:
      return { op: "phase", campaign, change: what as PhaseChange };
  }
}

/** An answer in words: `same redeemed 4 rest 6`, `cap_reached daily until 1d`. */
function wordsOf(answer: Record<string, unknown> & { status: string }): string {
  const words = answer.replayed === true ? ["same", answer.status] : [answer.status];
  const add = (field: string, before = ""): void => {
    if (answer[field] === undefined) return;
    words.push(`${before}${String(answer[field])}`);
  };
  for (const field of ["amountMinor", "redeemedMinor", "returnedMinor", "reversedMinor", "cap"]) {
    add(field);
  }
  add("missing");
  add("restMinor", "rest ");
  if (answer.redeemableAgain === true) words.push("again");
  if (answer.retryAtMs !== undefined) words.push(`until ${spanOf(Number(answer.retryAtMs))}`);
  return words.join(" ");
}

function spanOf(atMs: number): string {
  let rest = atMs - START_MS;
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s", "ms"]) {
    const count = Math.floor(rest / UNITS[unit]!);
    rest -= count * UNITS[unit]!;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join("+") || "0";
}
