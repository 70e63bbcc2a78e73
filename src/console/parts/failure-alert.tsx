// A failure where it happened; nothing while there is none.
import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import { FailureWords } from "./failure-words.tsx";

export function FailureAlert({ error }: { error: unknown }): ReactNode {
  if (error === null) return null;
  return (
    <Alert color="red" role="alert" className="outside">
      <FailureWords error={error} />
    </Alert>
  );
}
