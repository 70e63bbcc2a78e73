// Whether the window is a phone's, where what matters most of a wide row stands under its name.
import { useMediaQuery } from "@mantine/hooks";

/** Mantine's `sm`. */
export function useIsPhone(): boolean {
  return useMediaQuery("(max-width: 47.99em)", false, { getInitialValueInEffect: false });
}
