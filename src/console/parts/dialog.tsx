// A window that asks before something is done: named, closed by Escape or its cross, and no second
// banner of the page.
import { Modal } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useIntl } from "react-intl";
import { isBehindDoor } from "../session/door.tsx";

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
  const close = (): void => {
    if (!isBehindDoor()) onClose();
  };
  return (
    <Modal.Root opened onClose={close} centered size={size}>
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

/** What was done may take away the button that led to the window, as soon as the page knows it. */
const LOOKS = 12;
const LOOK_MS = 250;
const FOCUSABLE = "button:not(:disabled), a[href], input, textarea, select";

/**
 * Whoever was asked goes on where he was, unless it led him elsewhere; where that is gone, at the
 * nearest place that is left.
 */
function givingFocusBack(): () => void {
  const way: Element[] = [];
  for (let at = document.activeElement; at !== null; at = at.parentElement) way.push(at);
  return () => {
    let looks = 0;
    const look = (): void => {
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body) nearest(way)?.focus(STILL);
      looks += 1;
      if (looks < LOOKS) setTimeout(look, LOOK_MS);
    };
    // Once the window is gone from the page.
    setTimeout(look);
  };
}

const STILL = { preventScroll: true };

function nearest(way: readonly Element[]): HTMLElement | null {
  const [before, ...around] = way;
  if (before instanceof HTMLElement && before.isConnected) return before;
  const left = around.find((one) => one.isConnected && one.matches("main *, dialog *"));
  const there = left?.querySelector<HTMLElement>(FOCUSABLE) ?? null;
  if (there !== null) return there;
  const heading = document.querySelector<HTMLElement>("main h1");
  heading?.setAttribute("tabindex", "-1");
  return heading;
}
