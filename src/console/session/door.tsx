// Stands over a page whose session ended. The page stays as it was, but neither eye, reader nor
// keyboard gets at it, nor at what it has opened.
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useIntl } from "react-intl";
import "./door.css";

const SIGNED_OUT = "signed-out";

/** Whether a door stands over the page: what is pressed is not meant for what is behind it. */
export function isBehindDoor(): boolean {
  return document.documentElement.classList.contains(SIGNED_OUT);
}

export function Door({ children }: { children: ReactNode }): ReactNode {
  const intl = useIntl();
  const door = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = door.current!;
    const root = document.documentElement;
    root.classList.add(SIGNED_OUT);
    dialog.setAttribute("closedby", "none");
    dialog.showModal();
    return () => {
      // First: the focus goes back to where it was, which must be seen for that.
      root.classList.remove(SIGNED_OUT);
      dialog.close();
    };
  }, []);
  return createPortal(
    <dialog ref={door} className="door" aria-label={intl.formatMessage({ id: "signIn.title" })}>
      {children}
    </dialog>,
    document.body,
  );
}
