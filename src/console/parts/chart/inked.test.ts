import { describe, expect, it } from "vitest";
import { inked } from "./inked.ts";

describe("the ink of a picture", () => {
  const ink = { colour: "rgb(1, 2, 3)", font: '"Some Letters", serif' };

  it("is the colour of its page, wherever it is asked for", () => {
    const points = [[1, 2]];
    const formatter = (): string => "currentColor";
    const option = {
      textStyle: { color: "currentColor" },
      xAxis: [{ axisLabel: { color: "currentColor", formatter }, name: null }],
      series: [
        { data: points, color: "#123456", label: { rich: { a: { color: "currentColor" } } } },
        { data: [{ value: 1, itemStyle: { color: "currentColor" } }] },
      ],
    };
    const light = inked(option, ink);
    expect(JSON.stringify(light).match(/rgb\(1, 2, 3\)/g)).toHaveLength(4);
    expect(JSON.stringify(light)).not.toContain("currentColor");
    expect(light.xAxis[0]!.axisLabel.formatter).toBe(formatter);
    expect(light.series[0]!.data).toBe(points);
    // Control: what was handed in is as it was.
    expect(option.textStyle.color).toBe("currentColor");
  });

  it("is its letters, too, also where a picture draws itself", () => {
    const label = { style: { text: "inherit", fontFamily: "inherit", fill: "currentColor" } };
    const renderItem = (i: number): object => ({ type: "group", children: [label, i] });
    const option = { textStyle: { fontFamily: "inherit" }, series: [{ renderItem }] };
    const drawn = inked(option, ink);
    expect(drawn.textStyle.fontFamily).toBe(ink.font);
    const style = { text: "inherit", fontFamily: ink.font, fill: ink.colour };
    expect(drawn.series[0]!.renderItem(7)).toEqual({ type: "group", children: [{ style }, 7] });
  });
});
