// Modified BG/NBD: as BG/NBD, but customers may leave right after their first purchase too, so that
// those who never came back are not all taken for alive.
// Batislam, Denizel and Filiztekin (2007), International Journal of Research in Marketing 24(3).
import type { Fit } from "./fit.ts";
import {
  type GeometricDropoutName,
  type GeometricDropoutParameters,
  geometricDropoutModel,
} from "./geometric-dropout.ts";
import type { HistoryTable } from "./history.ts";
import type { PurchaseModel } from "./purchase-model.ts";

/** Rates are gamma (shape r, rate alpha in units of time), chances of leaving beta (a, b). */
export type MbgNbdParameters = GeometricDropoutParameters;

/**
 * The MBG/NBD model. Times in any one unit; `alpha` is in that unit.
 * @example a customer without repeats may be gone: with .525, 6.183, .891, 1.614 (CDNOW, weeks) one
 *   who has been silent for 38.86 weeks is alive with chance 0.3897
 */
export const mbgNbd: PurchaseModel<GeometricDropoutName> = geometricDropoutModel({
  id: "mbg-nbd",
  title: "MBG/NBD",
  earlyChances: 1,
});

/**
 * Fits MBG/NBD by maximum likelihood.
 * @example CDNOW, 2,357 customers in weeks: .525, 6.183, .891, 1.614 (BTYDplus)
 */
export function fitMbgNbd(table: HistoryTable): Fit<GeometricDropoutName> {
  return mbgNbd.fit(table);
}
