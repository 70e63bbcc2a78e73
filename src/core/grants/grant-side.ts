// What a decision gives one user, before it is written.
import type { CapSet } from "../caps/caps.ts";
import { type Command, emptyCommand } from "../command.ts";
import { CellList } from "../tables/cells.ts";

const NO_CAPS: CapSet["caps"] = [];

/** What one user gets, and what it is charged to. Reused, for decisions make no garbage. */
export class GrantSide {
  /** Offer, user, attributes and mark; its id is the one of the whole decision. */
  command: Command = emptyCommand();
  /** Fingerprint of the whole decision's content. */
  readonly print: Uint32Array = new Uint32Array(2);
  set: CapSet = { caps: NO_CAPS, counted: 0, shared: 0, paced: null };
  readonly cells: CellList = new CellList();
  user = 0;
  arm = 0;
  amountMinor = 0;
  /** Number of this draw of the offer by the user, from 1; 0 for a fixed reward. */
  draw = 0;
  /** The ordinal that the grant gets. */
  grant = 0;
  /** PART, where it is one. */
  flags = 0;
}
