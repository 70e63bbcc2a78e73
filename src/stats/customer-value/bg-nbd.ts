// BG/NBD: customers buy at their own steady rate and may leave for good after each repeat purchase.
// Fader, Hardie and Lee (2005), "Counting your customers the easy way", Marketing Science 24(2).
import type { Fit } from "./fit.ts";
import {
  type GeometricDropoutName,
  type GeometricDropoutParameters,
  geometricDropoutModel,
} from "./geometric-dropout.ts";
import type { HistoryTable } from "./history.ts";
import type { PurchaseModel } from "./purchase-model.ts";

/** Rates are gamma (shape r, rate alpha in units of time), chances of leaving beta (a, b). */
export type BgNbdParameters = GeometricDropoutParameters;

/**
 * The BG/NBD model. Times in any one unit; `alpha` is in that unit.
 * @example r .243, alpha 4.414, a .793, b 2.426 (CDNOW, weeks): chance of no repeat in 39 weeks
 *   0.5737864 (BTYD manual)
 */
export const bgNbd: PurchaseModel<GeometricDropoutName> = geometricDropoutModel({
  id: "bg-nbd",
  title: "BG/NBD",
  earlyChances: 0,
});

/**
 * Fits BG/NBD by maximum likelihood.
 * @example CDNOW, 2,357 customers in weeks: .24259, 4.41353, .79289, 2.42575, ln L -9582.4256
 */
export function fitBgNbd(table: HistoryTable): Fit<GeometricDropoutName> {
  return bgNbd.fit(table);
}
