// A key that does something wherever one is: the sign that it writes counts, not how a keyboard
// comes by it (`/` is Shift and 7 on a German one).
import { useEffect } from "react";

/** Not while something is written, nor behind an open dialog. */
export function useKey(sign: string, act: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = event;
      if (key !== sign || ctrlKey || metaKey || altKey || defaultPrevented) return;
      if (target instanceof Element && target.closest(WRITTEN_IN) !== null) return;
      if (document.querySelector('[aria-modal="true"], dialog[open]') !== null) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [sign, act]);
}

const WRITTEN_IN = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
