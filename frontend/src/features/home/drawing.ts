/**
 * Drawing a chart. Loaded when the page stands, for it weighs more than the rest of it. Only canvas: strict CSP allows no
 * styles in markup, which is also why the tip is drawn ("richText") and not an element.
 */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { ChartData, ChartSeries } from "./charts";

use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

export interface Drawing {
  show: (data: ChartData) => void;
  resize: () => void;
  remove: () => void;
}

export function draw(box: HTMLElement): Drawing {
  const chart = init(box, null, { renderer: "canvas" });
  return { show: (data) => chart.setOption(optionOf(data, box), true), resize: () => chart.resize(), remove: () => chart.dispose() };
}

function optionOf(data: ChartData, box: HTMLElement): Record<string, unknown> {
  const style = getComputedStyle(box);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const text = { color: colour("--ink-3"), fontFamily: style.fontFamily, fontSize: 12 };
  const axis = (series: ChartSeries, whole: boolean): object => ({
    type: "value",
    name: series.unit,
    nameTextStyle: text,
    minInterval: whole ? 1 : undefined,
    axisLabel: text,
    splitLine: { show: series === data.bars, lineStyle: { color: colour("--line") } },
  });
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 8, top: 32, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, textStyle: { ...text, color: colour("--ink") }, formatter: (found: unknown) => tipOf(data, found) },
    xAxis: { type: "category", data: data.places, axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line") } } },
    yAxis: [axis(data.bars, data.bars.unit === "人"), ...(data.line ? [axis(data.line, false)] : [])],
    series: [
      { type: "bar", name: data.bars.name, data: data.bars.values, barMaxWidth: 28, itemStyle: { color: colour("--accent"), borderRadius: [3, 3, 0, 0] } },
      ...(data.line ? [{ type: "line", name: data.line.name, yAxisIndex: 1, data: data.line.values, symbolSize: 6, itemStyle: { color: colour("--chart-2") }, lineStyle: { width: 2 } }] : []),
    ],
  };
}

function tipOf(data: ChartData, found: unknown): string {
  const at = (found as { dataIndex: number }[])[0]?.dataIndex ?? 0;
  const lines = [data.bars, data.line].flatMap((series) => (series ? [`${series.name}：${series.texts[at]}`] : []));
  return [data.places[at], ...lines].join("\n");
}
