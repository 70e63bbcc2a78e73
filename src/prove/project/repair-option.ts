// How whoever asks would ask for a repair: by a key of prove.yaml, or by a flag.
export type OptionStyle = "key" | "flag";

/** @example optionText("flag", "severalArms", "drop") // "--several-arms drop" */
export function optionText(style: OptionStyle, name: string, value: string): string {
  if (style === "key") return `${name}: ${value}`;
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${value}`;
}
