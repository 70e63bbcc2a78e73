// The design tokens: one accent, tabular figures, small radii, a dense scale of type and space.
// docs/concepts/console.md has the rules that they serve.
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";

/** A quiet teal: far from the red of alarms, and told from it by colour-blind readers. */
const jade: MantineColorsTuple = [
  "#e9f6f5",
  "#d6eae8",
  "#abd4d0",
  "#7cbdb8",
  "#55aaa3",
  "#3c9d96",
  "#2d978f",
  "#1d837c",
  "#0b756e",
  "#00655f",
];

export const theme: MantineThemeOverride = createTheme({
  primaryColor: "jade",
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { jade },
  defaultRadius: "sm",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.375rem" }, h2: { fontSize: "1rem" } },
  },
  // Within a menu there are choices and nothing else: no empty element that takes the focus first.
  components: { Menu: { defaultProps: { withInitialFocusPlaceholder: false } } },
  cursorType: "pointer",
  respectReducedMotion: true,
});

/**
 * Quiet text is still read: 4.5 to 1 against every ground that it stands on. Colours that stand
 * together are told apart by colour-blind readers (`palette.test.ts`); what is free recedes.
 */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "var(--mantine-color-gray-7)",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    // What is chosen is read under the mouse, too.
    "--mantine-color-jade-light-hover": "#c4e0dd",
    "--hongbao-attention": "#5f3f00",
    "--hongbao-good": "var(--mantine-color-jade-9)",
    "--hongbao-wrong": "var(--mantine-color-red-9)",
    "--hongbao-spent": "var(--mantine-color-jade-8)",
    "--hongbao-reserved": "var(--mantine-color-jade-5)",
    "--hongbao-settling": "#d97706",
    "--hongbao-free": "var(--mantine-color-gray-4)",
    "--hongbao-track": "var(--mantine-color-gray-6)",
    "--hongbao-thumb": "var(--mantine-color-jade-8)",
  },
  dark: {
    "--mantine-color-dimmed": "var(--mantine-color-dark-0)",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    // In a row under the mouse, too.
    "--mantine-color-anchor": "var(--mantine-color-jade-3)",
    "--hongbao-attention": "var(--mantine-color-yellow-4)",
    "--hongbao-good": "var(--mantine-color-jade-3)",
    "--hongbao-wrong": "var(--mantine-color-red-4)",
    "--hongbao-spent": "var(--mantine-color-jade-4)",
    "--hongbao-reserved": "var(--mantine-color-jade-7)",
    "--hongbao-settling": "var(--mantine-color-yellow-6)",
    "--hongbao-free": "var(--mantine-color-dark-4)",
    "--hongbao-track": "var(--mantine-color-dark-2)",
    "--hongbao-thumb": "var(--mantine-color-jade-4)",
  },
});
