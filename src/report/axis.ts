// The look that the axes of all charts share.
import { chartColours } from "./picture.ts";
import { printableLines } from "./printable.ts";
import { fitText } from "./wrap.ts";

export function axisLook(name?: string): Record<string, unknown> {
  return {
    ...(name === undefined ? {} : { name, nameLocation: "middle", nameGap: 30 }),
    nameTextStyle: { color: chartColours.quiet },
    axisLabel: { color: chartColours.ink },
    axisLine: { lineStyle: { color: chartColours.quiet } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: chartColours.quiet, opacity: 0.25 } },
  };
}

/** A name beside an axis in lines of so many characters, broken at its joints. */
export function axisName(text: string, characters: number): string {
  return fitText(printableLines(text), characters).join("\n");
}
