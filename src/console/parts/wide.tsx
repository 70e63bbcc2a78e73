// What may be wider than the screen scrolls by itself, with the keyboard too.
import { Box } from "@mantine/core";
import type { ReactNode } from "react";

export function Wide({
  label,
  minWidth,
  children,
}: {
  label: string;
  /** Pixels below which it scrolls. */
  minWidth: number;
  children: ReactNode;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse must scroll it, too.
    <section aria-label={label} tabIndex={0} style={{ overflowX: "auto" }}>
      <Box miw={minWidth}>{children}</Box>
    </section>
  );
}
