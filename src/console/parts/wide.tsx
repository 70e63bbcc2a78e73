// What may be wider than the screen scrolls by itself, with the keyboard too.
import { Box } from "@mantine/core";
import type { ReactNode } from "react";

export function Wide({
  label,
  minWidth,
  maxHeight,
  children,
}: {
  label: string;
  /** Pixels below which it scrolls. */
  minWidth: number;
  /** Pixels above which it scrolls; absent: as high as it is. */
  maxHeight?: number;
  children: ReactNode;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse must scroll it, too.
    <section aria-label={label} tabIndex={0} className="wide" style={{ maxHeight }}>
      <Box miw={minWidth}>{children}</Box>
    </section>
  );
}
