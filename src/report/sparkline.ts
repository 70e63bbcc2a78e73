// A row of numbers as one line of blocks, for terminals.

const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** One block a value, from zero to the largest; missing values (NaN) are blank. */
export function sparkline(values: readonly number[]): string {
  const largest = Math.max(0, ...values.filter((value) => Number.isFinite(value)));
  return values
    .map((value) => {
      if (!Number.isFinite(value)) return " ";
      if (largest === 0) return blocks[0];
      const step = Math.ceil((Math.max(0, value) / largest) * blocks.length) - 1;
      return blocks[Math.max(0, step)];
    })
    .join("");
}
