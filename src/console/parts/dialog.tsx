// A window that asks before something is done: named, closed by Escape or its cross, and no second
// banner of the page.
import { Modal } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useIntl } from "react-intl";

export function Dialog({
  title,
  size = "md",
  onClose,
  children,
}: {
  title: string;
  size?: "md" | "lg";
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  const intl = useIntl();
  useEffect(givingFocusBack, []);
  return (
    <Modal.Root opened onClose={onClose} centered size={size}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header role="presentation">
          <Modal.Title fw={600} style={{ overflowWrap: "anywhere" }}>
            {title}
          </Modal.Title>
          <Modal.CloseButton aria-label={intl.formatMessage({ id: "grants.dismiss" })} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Whoever was asked goes on where he was, unless it led him elsewhere. */
function givingFocusBack(): () => void {
  const before = document.activeElement;
  return () => {
    // Once the window is gone from the page.
    setTimeout(() => {
      const isNowhere = document.activeElement === null || document.activeElement === document.body;
      if (isNowhere && before instanceof HTMLElement) before.focus({ preventScroll: true });
    });
  };
}
