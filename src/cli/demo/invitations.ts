// Some of those who want more cards bring a friend for each: a newcomer of the same hours accepts
// their code instead of claiming, and both get a card or neither does.
import type { AcceptAnswer, AcceptInput } from "../../contract/index.ts";
import type { ClaimAction } from "../../crowd/actions.ts";
import type { CampaignPort } from "./campaign-port.ts";
import type { Held } from "./crowd-requests.ts";

/** A newcomer's claim that became an acceptance. */
export interface Acceptance {
  readonly claim: ClaimAction;
  readonly code: string;
}

export interface Diverted {
  /** Claims that stay claims. */
  readonly claims: ClaimAction[];
  readonly acceptances: Acceptance[];
  /** Repetitions: they may overtake what they repeat. */
  readonly acceptedAgain: Acceptance[];
}

export interface InvitationOptions {
  readonly port: CampaignPort;
  /** The invite of the campaign file, and the offer that whoever invites gets. */
  readonly invite: string;
  readonly offer: string;
  readonly isRewarded: (user: number) => boolean;
  readonly isNewcomer: (user: number) => boolean;
}

export interface Inviter {
  readonly user: number;
  readonly userId: string;
}

interface Invited {
  readonly code: string;
  /** The claim of the inviter that this one stands in for. */
  readonly thanks: ClaimAction;
}

/** One in so many users who want more cards invites for them; the others simply claim. */
const ONE_IN = 4;

export class Invitations {
  private readonly options: InvitationOptions;
  private readonly codes = new Map<number, string>();
  /** Who waits for a friend, by the claim that the friend's acceptance will stand in for. */
  private readonly waiting: ClaimAction[] = [];
  /** Claims of inviters, which never leave; and of newcomers, which leave as acceptances. */
  private readonly thanks = new Map<string, ClaimAction>();
  private readonly invited = new Map<string, Invited>();
  /** By inviter: claims whose reward nobody has looked up yet, and grants that were. */
  private readonly unseen = new Map<number, string[]>();
  private readonly seen = new Set<string>();
  /** How many friends somebody brought. */
  private readonly brought = new Map<string, Inviter & { count: number }>();

  constructor(options: InvitationOptions) {
    this.options = options;
  }

  /** Takes out what inviters wanted, and turns as many claims of newcomers into acceptances. */
  async divert(claims: readonly ClaimAction[]): Promise<Diverted> {
    const { isRewarded, isNewcomer } = this.options;
    const inviters = claims.filter((claim) => {
      const isExtra = claim.cause === "fresh" && isRewarded(claim.user);
      return isExtra && claim.offer === "card" && claim.user % ONE_IN === 0;
    });
    for (const claim of inviters) this.thanks.set(claim.id, claim);
    this.waiting.push(...inviters);
    await this.makeCodes(inviters);
    const once = new Set<number>();
    const diverted: Diverted = { claims: [], acceptances: [], acceptedAgain: [] };
    for (const claim of claims) {
      if (this.thanks.has(claim.id)) continue;
      const { user, cause } = claim;
      const isFirst = cause === "fresh" && isNewcomer(user) && !isRewarded(user) && !once.has(user);
      once.add(user);
      const known = this.invited.get(claim.id);
      if (known === undefined && isFirst && claim.offer === "card") this.pair(claim);
      const invited = this.invited.get(claim.id);
      if (invited === undefined) {
        diverted.claims.push(claim);
        continue;
      }
      const acceptance = { claim, code: invited.code };
      if (cause === "duplicate") diverted.acceptedAgain.push(acceptance);
      else if (cause === "fresh") diverted.acceptances.push(acceptance);
    }
    return diverted;
  }

  input({ claim, code }: Acceptance): AcceptInput {
    const { id, userId, device, ip } = claim;
    return { id, user: userId, code, attributes: { device, ip } };
  }

  /** Notes that both sides were rewarded. */
  take({ claim }: Acceptance, { status, replayed }: AcceptAnswer): void {
    if (status !== "accepted" || replayed) return;
    const { thanks } = this.invited.get(claim.id)!;
    const unseen = this.unseen.get(thanks.user) ?? [];
    this.unseen.set(thanks.user, [...unseen, thanks.id]);
    const { user, userId } = thanks;
    const count = (this.brought.get(userId)?.count ?? 0) + 1;
    this.brought.set(userId, { user, userId, count });
  }

  /** Who brought at least so many friends. */
  inviters(least: number): Inviter[] {
    return [...this.brought.values()].filter(({ count }) => count >= least);
  }

  /** What inviters got for claims that somebody is about to spend: an acceptance names one side. */
  async lookUp(claims: readonly string[]): Promise<[claim: string, held: Held][]> {
    const asked = claims.map((id) => this.thanks.get(id)).filter((one) => one !== undefined);
    const inviters = new Map(asked.map(({ user, userId }) => [user, userId]));
    const found: [string, Held][] = [];
    const look = async (user: number, userId: string): Promise<void> => {
      const { grants = [] } = await this.options.port.grantsOf(userId);
      const unseen = this.unseen.get(user) ?? [];
      for (const { grant, offer, amountMinor } of grants) {
        if (offer !== this.options.offer || this.seen.has(grant)) continue;
        const claim = unseen.shift();
        if (claim === undefined) break;
        this.seen.add(grant);
        found.push([claim, { grant, amountMinor }]);
      }
    };
    const waiting = [...inviters].filter(([user]) => (this.unseen.get(user)?.length ?? 0) > 0);
    await Promise.all(waiting.map(([user, userId]) => look(user, userId)));
    return found;
  }

  private pair(claim: ClaimAction): void {
    const at = this.waiting.findIndex(({ user }) => this.codes.has(user));
    if (at < 0) return;
    const [thanks] = this.waiting.splice(at, 1);
    this.invited.set(claim.id, { thanks: thanks!, code: this.codes.get(thanks!.user)! });
  }

  private async makeCodes(inviters: readonly ClaimAction[]): Promise<void> {
    const { port, invite } = this.options;
    const without = new Map(
      inviters.filter(({ user }) => !this.codes.has(user)).map((claim) => [claim.user, claim]),
    );
    const asked = [...without.values()];
    const answers = await port.invites(
      asked.map(({ id, userId, device, ip }) => {
        return { id: `invite-${id}`, invite, user: userId, attributes: { device, ip } };
      }),
    );
    answers.forEach(({ code }, i) => {
      if (code !== undefined) this.codes.set(asked[i]!.user, code);
    });
  }
}
