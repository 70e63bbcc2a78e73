// Lines of a file that a server refused, told one by one as far as a screen takes them.
import { type Status, statusEntry } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import type { Terminal } from "./terminal.ts";

export interface RefusedLine {
  row: number;
  user: string;
  status: Status;
}

/** As many as are told; --json tells all. */
const TOLD = 20;

export function sayRefused(terminal: Terminal, refused: readonly RefusedLine[]): void {
  if (refused.length === 0) return;
  terminal.say("");
  terminal.table(
    [{ title: "row", align: "right" }, { title: "user" }, { title: "why not" }],
    refused.slice(0, TOLD).map(({ row, user, status }) => {
      return [formatNumber(row), user, `${status}: ${statusEntry(status).meaning}`];
    }),
  );
  if (refused.length > TOLD) {
    terminal.say(`and ${formatNumber(refused.length - TOLD)} more: --json lists all of them`);
  }
}
