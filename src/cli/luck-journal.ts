// One drawing looked up in a journal, by the id that its holder has or by the number that exports
// show: everything that it followed from, and the seed if the journal reveals it.
import { fromBase32 } from "../base/bytes.ts";
import { contractError } from "../contract/errors.ts";
import type { LuckAnswer, LuckView, PacketView } from "../contract/index.ts";
import type { WinView } from "../contract/schema/luck.ts";
import type { CampaignDefinition, PotReward } from "../core/definition.ts";
import type { Definitions } from "../core/event-view.ts";
import { eventsFrom, type StreamedEvent } from "../host/event-stream.ts";
import { readDirectory } from "../journal/index.ts";

/** A grant id without its check: eight letters of base32 hold the number. */
const ORDINAL_LETTERS = 8;

/** Neither for a fixed amount. Throws `invalid_usage` when there is no such grant. */
export async function luckFromJournal(
  folder: string,
  campaign: string | null,
  grant: string,
): Promise<Pick<LuckAnswer, "luck" | "packet">> {
  const ordinal = ordinalOf(grant);
  const reader = await readDirectory(folder);
  const definitions: Definitions = [];
  const search = new Search(reader.ledgerId, campaign, grant, ordinal);
  const journal = { read: (from = 1) => reader.records(from) };
  for await (const event of eventsFrom(journal, 1, definitions)) search.take(event);
  return search.result();
}

function ordinalOf(grant: string): number {
  if (/^\d{1,10}$/.test(grant)) return Number(grant);
  const bytes = fromBase32(grant.slice(0, ORDINAL_LETTERS));
  if (bytes === null || bytes.length < 5) {
    const expected = "a grant's id, or its number in the campaign";
    throw contractError("invalid_usage", `grant: expected ${expected}, found ${grant}`);
  }
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
}

type DrawClose = { entries: number; round: number | null };
type Opened = { definition: CampaignDefinition; seedCommitment: string };

class Search {
  private readonly ledger: string;
  private readonly asked: string | null;
  private campaign: string | null = null;
  private readonly grant: string;
  private readonly ordinal: number;
  private opened: Opened | null = null;
  private definition: CampaignDefinition | null = null;
  private found: StreamedEvent | null = null;
  private entries: LuckView["entries"] | null = null;
  private seed: string | null = null;
  private randomness: string | null = null;
  private pot: PotReward | null = null;
  /** By draw: winners so far, and what its close said. */
  private readonly wins = new Map<string, number>();
  private readonly closes = new Map<string, { entries: number; round: number | null }>();
  private win: WinView | null = null;

  constructor(ledger: string, campaign: string | null, grant: string, ordinal: number) {
    this.ledger = ledger;
    this.asked = campaign;
    this.grant = grant;
    this.ordinal = ordinal;
  }

  take(event: StreamedEvent): void {
    if (event.type === "opened") this.meet(event);
    if (event.campaign !== this.campaign) return;
    switch (event.type) {
      case "revised":
        this.definition = event.definition as CampaignDefinition;
        return;
      case "granted":
        if (event.grant === this.ordinal) this.keep(event);
        return;
      case "draw_closed":
        this.closes.set(event.draw as string, event as unknown as DrawClose);
        return;
      case "draw_won":
        return this.takeWin(event);
      case "beacon":
        if (event.for === "campaign") this.randomness = event.randomness as string;
        return;
      case "closed":
        this.seed = event.seed as string | null;
        return;
      default:
    }
  }

  private meet(event: StreamedEvent): void {
    if (this.asked !== null && event.campaign !== this.asked) return;
    if (this.opened !== null) {
      const found = `${this.campaign}, ${event.campaign} and perhaps more`;
      const expected = "one of the journal's campaigns";
      throw contractError("invalid_usage", `--campaign: expected ${expected}, which are ${found}`);
    }
    this.campaign = event.campaign;
    this.opened = event as unknown as Opened;
    this.definition = this.opened.definition;
  }

  private keep(event: StreamedEvent): void {
    this.found = event;
    const offer = this.definition!.offers.find(({ id }) => id === event.offer)!;
    this.entries = offer.reward.kind === "table" ? offer.reward.entries : null;
    this.pot = offer.reward.kind === "pot" ? offer.reward : null;
  }

  private takeWin(event: StreamedEvent): void {
    const draw = event.draw as string;
    const winner = (this.wins.get(draw) ?? 0) + 1;
    this.wins.set(draw, winner);
    if (event.grant !== this.ordinal) return;
    const { entries, round } = this.closes.get(draw)!;
    this.win = { draw, winner, entries, ...(round === null ? {} : { round }) };
  }

  private packet(found: StreamedEvent, { packets, totalMinor }: PotReward): PacketView {
    return {
      ...{ campaign: found.campaign, grant: this.grant, offer: found.offer as string },
      currency: this.definition!.currency,
      ...{ amountMinor: found.amountMinor as number, grantedAtMs: found.atMs },
      ...{ packet: found.packet as number, packets, totalMinor },
      ...(this.win === null ? {} : { win: this.win }),
    };
  }

  result(): Pick<LuckAnswer, "luck" | "packet"> {
    const { found, opened, definition, ordinal, entries } = this;
    if (opened === null || definition === null || found === null) {
      const where = this.asked === null ? "the journal" : `campaign ${this.asked}`;
      const expected = `a grant of ${where}`;
      throw contractError("invalid_usage", `grant: expected ${expected}, found ${this.grant}`);
    }
    if (this.pot !== null) return { packet: this.packet(found, this.pot) };
    if (entries === null) return {};
    const { beacon } = definition;
    const luck: LuckView = {
      ledger: this.ledger,
      campaign: found.campaign,
      grant: this.grant,
      ordinal,
      offer: found.offer as string,
      offerOrdinal: definition.offers.findIndex(({ id }) => id === found.offer),
      currency: definition.currency,
      amountMinor: found.amountMinor as number,
      grantedAtMs: found.atMs,
      user: found.user as string,
      drawsBefore: (found.draw as number) - 1,
      entries,
      seedCommitment: opened.seedCommitment,
      ...(this.seed === null ? {} : { seed: this.seed }),
      ...(beacon === undefined || this.randomness === null
        ? {}
        : { beacon: { ...beacon, randomness: this.randomness } }),
    };
    return { luck };
  }
}
