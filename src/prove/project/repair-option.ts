// How whoever asks would ask for a repair: by a key of prove.yaml, or by a flag.
import type { Separator } from "../file-kind.ts";
import type { SeparatorOption } from "../source-file.ts";

export type OptionStyle = "key" | "flag";

/** A separator, and how another one is asked for. */
export function separatorOption(style: OptionStyle, name: Separator): SeparatorOption {
  return { name, option: (other) => optionText(style, "separator", other) };
}

/** @example optionText("flag", "severalArms", "drop") // "--several-arms drop" */
export function optionText(style: OptionStyle, name: string, value: string): string {
  if (style === "key") return `${name}: ${value}`;
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${value}`;
}
