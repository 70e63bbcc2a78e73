// verify's sums per merchant: what each was paid for and what was reversed, from the events alone.
// Settlement statements are held against them.
import { moneyColumn, type VerifyColumn, wordColumn } from "./columns.ts";
import type { Findings } from "./findings.ts";

export interface MerchantsReport {
  /** Merchants that money was ever spent with. */
  merchants: number;
  /** Redeemed with them and not reversed. */
  merchantsMinor: number;
  /** The same of redemptions that named no merchant. */
  unattributedMinor: number;
}

export class MerchantBook {
  /** By ordinal of the merchant's value + 1; 0: none was named. */
  private readonly spent: VerifyColumn<Float64Array> = moneyColumn();
  private readonly redemptions: VerifyColumn<Uint32Array> = wordColumn();
  /** By redemption: the same number. */
  private readonly rowOf: VerifyColumn<Uint32Array> = wordColumn();
  private merchants = 0;
  /** Of rows from 1 on: a forged ordinal makes no walk over all rows below it. */
  private merchantsMinor = 0;

  /** @param value the ordinal of the merchant's value, or below 0 when none was named */
  redeemed(redemption: number, value: number, amountMinor: number): void {
    const row = Math.max(0, value + 1);
    if (row > 0 && this.redemptions.get(row) === 0) this.merchants += 1;
    this.rowOf.set(redemption, row);
    this.add(row, amountMinor);
    this.redemptions.add(row, 1);
  }

  reversed(redemption: number, amountMinor: number, findings: Findings): void {
    const row = this.rowOf.get(redemption);
    findings.counts.merchants += 1;
    const beforeMinor = this.spent.get(row);
    if (amountMinor > beforeMinor) {
      const expected = `at most ${beforeMinor}, what was spent with the merchant`;
      findings.wrong("merchants", expected, `${amountMinor} reversed`);
    }
    this.add(row, -amountMinor);
  }

  /** Checks that the merchants' sums and the rest are what the campaign has spent. */
  check(spentMinor: number, findings: Findings): void {
    const { merchantsMinor, unattributedMinor } = this.report();
    const sumMinor = merchantsMinor + unattributedMinor;
    findings.same("merchants", "spent with all merchants:", sumMinor, spentMinor);
  }

  report(): MerchantsReport {
    const { merchants, merchantsMinor } = this;
    return { merchants, merchantsMinor, unattributedMinor: this.spent.get(0) };
  }

  private add(row: number, amountMinor: number): void {
    this.spent.add(row, amountMinor);
    if (row > 0) this.merchantsMinor += amountMinor;
  }
}
