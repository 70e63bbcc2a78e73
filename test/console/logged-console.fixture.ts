// A console over a ledger on a real disk with its log beside it: receipts, histories, the journal.
import { dataPaths } from "../../src/host/data-directory.ts";
import { LogFollower } from "../../src/transparency/log-follower.ts";
import { webhookDesk } from "../../src/webhooks/index.ts";
import { eventually, LoggedLedger } from "../transparency.fixture.ts";
import { type ConsoleDrill, openConsole } from "./console.fixture.ts";

export interface LoggedConsole extends ConsoleDrill {
  readonly ledger: LoggedLedger;
  readonly follower: LogFollower;
}

/** Everything is closed, and its folder removed, by its `close`. */
export async function openLoggedConsole(yaml?: string): Promise<LoggedConsole> {
  const ledger = await LoggedLedger.make(yaml);
  const { journal, log, secrets } = dataPaths(ledger.directory);
  const follower = await LogFollower.start(ledger.engine, {
    place: { journal, log, secrets },
    intervalMs: 20,
    witnesses: [],
    onNotice: () => {},
  });
  // The first checkpoint: before it there are no receipts.
  await eventually(() => follower.ask("checkpoint", null));
  const drill = { engine: ledger.engine, clock: ledger.clock };
  const webhooks = webhookDesk(ledger.directory);
  const it = await openConsole({ drill, follower, webhooks });
  return {
    ...it,
    ledger,
    follower,
    close: async () => {
      await it.close();
      await follower.close();
      await ledger.remove();
    },
  };
}
