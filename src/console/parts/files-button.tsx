// A button that lets somebody choose files, the same ones again too: they may have changed since.
import { Button, FileButton } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { FormattedMessage } from "react-intl";

export function FilesButton({
  accept,
  variant = "default",
  onFiles,
}: {
  /** Such as `.yaml,.yml`. */
  accept: string;
  variant?: "default" | "filled";
  onFiles: (files: readonly File[]) => void;
}): ReactNode {
  const reset = useRef<() => void>(null);
  const take = (files: File[]): void => {
    if (files.length === 0) return;
    onFiles(files);
    reset.current?.();
  };
  return (
    <FileButton multiple resetRef={reset} onChange={take} accept={accept}>
      {(props) => (
        <Button variant={variant} {...props}>
          <FormattedMessage id="reports.addFiles" />
        </Button>
      )}
    </FileButton>
  );
}
