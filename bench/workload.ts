// The claims that ours and every peer receive: mostly one a user out of 130 million, some users who
// come again, shared devices, retries with the same id, and a few bots that meet the caps. The same
// seed gives the same claims on every machine.
import { type RandomStream, randomStream } from "../src/base/keystream.ts";

export interface BenchClaim {
  id: string;
  user: string;
  offer: string;
  attributes: { device: string; ip: string };
}

const USERS = 130_000_000;
const RECENT = 4096; // Who comes again or retries does so soon.
const HUNDREDTHS = 10_000;
const RETRIES = 100; // 1 % repeat a claim, word for word.
const RETURNING = 500; // 5 % are a further claim of a recent user.
const BOTS = 100; // 1 % come from a farm of few devices and addresses.
const FARM_DEVICES = 200;
const ADDRESSES = 2 ** 22; // Households and offices, each behind one address.

export class Workload {
  private readonly random: RandomStream;
  private readonly recent: BenchClaim[] = [];
  private readonly offer: string;
  private readonly firstUser: number;
  private made = 0;

  /** Two workloads of different `run` share no user and no id. */
  constructor(seed: string, run: number, offer: string) {
    this.random = randomStream(seed, `bench/${run}`);
    this.offer = offer;
    this.firstUser = (run * 9_999_991) % USERS;
  }

  next(): BenchClaim {
    const kind = this.random.nextInt(HUNDREDTHS);
    const past = this.recent[this.random.nextInt(RECENT)];
    if (past !== undefined && kind < RETRIES) return past;
    const again = past !== undefined && kind < RETRIES + RETURNING;
    const claim: BenchClaim = {
      id: this.freshId(),
      user: again ? past.user : this.freshUser(),
      offer: this.offer,
      attributes: again ? past.attributes : this.freshAttributes(kind >= HUNDREDTHS - BOTS),
    };
    this.recent[this.made % RECENT] = claim;
    this.made += 1;
    return claim;
  }

  take(count: number): BenchClaim[] {
    return Array.from({ length: count }, () => this.next());
  }

  private freshId(): string {
    return `${this.hex()}${this.hex()}${this.hex()}`;
  }

  private freshUser(): string {
    return `user-${(this.firstUser + this.made) % USERS}`;
  }

  private freshAttributes(bot: boolean): BenchClaim["attributes"] {
    const address = this.random.nextInt(bot ? FARM_DEVICES : ADDRESSES);
    const ip = `10.${address >>> 16}.${(address >>> 8) & 255}.${address & 255}`;
    if (bot) return { device: `farm-${this.random.nextInt(FARM_DEVICES)}`, ip };
    return { device: `${this.hex()}${this.hex()}`, ip };
  }

  private hex(): string {
    return this.random.nextU32().toString(16).padStart(8, "0");
  }
}
