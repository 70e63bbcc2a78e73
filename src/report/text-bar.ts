// A share as a bar of fixed width, for terminals: "████████░░░░".

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** @param ratio 0..1; what is outside is drawn as empty or full */
export function textBar(ratio: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, ratio || 0)) * width * 8);
  const bar = "█".repeat(Math.floor(filled / 8)) + eighths[filled % 8];
  return bar + "░".repeat(width - Math.ceil(filled / 8));
}
