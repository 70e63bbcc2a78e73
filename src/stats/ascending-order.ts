// The order that sorts many numbers, without a call for every comparison: the bits of doubles from
// 0 on ascend with their value, so they sort digit by digit (radix sort, least significant digit
// first; Knuth, The Art of Computer Programming 3, 5.2.5). What is equal keeps its order.

/** A double is eight digits of a byte; which comes first in memory depends on the machine. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const DIGITS = IS_LITTLE_ENDIAN ? [0, 1, 2, 3, 4, 5, 6, 7] : [7, 6, 5, 4, 3, 2, 1, 0];
const RADIX = 256;
const BYTES = 8;
/** Below this counting the digits costs more than comparing the numbers. */
const COUNTED_FROM = 2000;

/**
 * The places of numbers >= 0 (no NaN, no -0) in ascending order. Given an order, numbers that are
 * equal stay in it: so several columns are sorted by, the least significant first.
 * @example ascendingOrder(Float64Array.of(0.3, 0.1, 0.2)) // 1, 2, 0
 */
export function ascendingOrder(
  values: Float64Array,
  order: Uint32Array = inPlace(values.length),
): Uint32Array {
  if (values.length < COUNTED_FROM) {
    return Uint32Array.from(Array.from(order).sort((a, b) => values[a]! - values[b]!));
  }
  const digits = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const next = firstPlaces(digits);
  let from = order.slice();
  let to = new Uint32Array(order.length);
  for (const digit of DIGITS) {
    for (let i = 0; i < from.length; i++) {
      const at = from[i]!;
      to[next[digit * RADIX + digits[at * BYTES + digit]!]!++] = at;
    }
    [from, to] = [to, from];
  }
  return from;
}

function inPlace(length: number): Uint32Array {
  const order = new Uint32Array(length);
  for (let at = 0; at < length; at++) order[at] = at;
  return order;
}

/** For each digit and each of its values: where the numbers with it begin, sorted by that digit. */
function firstPlaces(digits: Uint8Array): Uint32Array {
  const places = new Uint32Array(BYTES * RADIX);
  for (let i = 0; i < digits.length; i++) places[(i % BYTES) * RADIX + digits[i]!]! += 1;
  for (let digit = 0; digit < BYTES; digit++) {
    let before = 0;
    for (let at = digit * RADIX; at < (digit + 1) * RADIX; at++) {
      const count = places[at]!;
      places[at] = before;
      before += count;
    }
  }
  return places;
}
