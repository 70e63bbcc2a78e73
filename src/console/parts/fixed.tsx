// The fields of a wish. While it is under way, and until its fate is known, they stay as they were
// sent: other words under way are another wish, and both might be done.
import { Fieldset, Stack } from "@mantine/core";
import type { ReactNode } from "react";

export function Fixed({ isFixed, children }: { isFixed: boolean; children: ReactNode }): ReactNode {
  return (
    <Fieldset variant="unstyled" disabled={isFixed} miw={0} m={0} className="fixed">
      <Stack>{children}</Stack>
    </Fieldset>
  );
}
