import { describe, expect, it } from "vitest";
import { inked } from "./inked.ts";

describe("the ink of a picture", () => {
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
    const light = inked(option, "rgb(1, 2, 3)");
    expect(JSON.stringify(light).match(/rgb\(1, 2, 3\)/g)).toHaveLength(4);
    expect(JSON.stringify(light)).not.toContain("currentColor");
    expect(light.xAxis[0]!.axisLabel.formatter).toBe(formatter);
    expect(light.series[0]!.data).toBe(points);
    // Control: what was handed in is as it was.
    expect(option.textStyle.color).toBe("currentColor");
  });
});
