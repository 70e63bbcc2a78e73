// A word on how good something is: the word says it, the colour repeats it.
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import type { BadgeTone } from "../../report/document.ts";

const CLASSES = { good: "good", warn: "attention", bad: "wrong" } as const;

export function ToneBadge({
  tone,
  children,
}: {
  /** Absent: neither good nor bad. */
  tone?: BadgeTone;
  children: ReactNode;
}): ReactNode {
  const className = tone === undefined ? "" : CLASSES[tone];
  return (
    <Badge variant="outline" color="gray" className={`tone ${className}`}>
      {children}
    </Badge>
  );
}
