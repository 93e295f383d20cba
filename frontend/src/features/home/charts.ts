/** What the charts of 首页 show: the same figures as their tables. */
import { moneyText, durationText } from "@/shared/format";
import { fenOf } from "@/shared/money";
import type { OrderMonth, StudyDay } from "./calls";
import { secondsOf } from "./figures";

/** One chart: places along the axis, and one or two series over them. */
export interface ChartData {
  places: string[];
  bars: ChartSeries;
  line?: ChartSeries;
}

export interface ChartSeries {
  name: string;
  unit: string;
  values: number[];
  /** The values as people read them. */
  texts: string[];
}

const dayText = (day: string): string => day.slice(5);
const monthText = (day: string): string => `${Number(day.slice(5, 7))}月`;

export function studyChart(days: readonly StudyDay[]): ChartData {
  return {
    places: days.map((each) => dayText(each.day)),
    bars: { name: "学习人数", unit: "人", values: days.map((each) => each.learners), texts: days.map((each) => `${each.learners} 人`) },
    line: {
      name: "学习时长",
      unit: "小时",
      values: days.map((each) => Math.round((secondsOf(each) / 3600) * 100) / 100),
      texts: days.map((each) => durationText(secondsOf(each))),
    },
  };
}

export function orderChart(months: readonly OrderMonth[]): ChartData {
  return {
    places: months.map((each) => monthText(each.first_day)),
    bars: { name: "订单金额", unit: "元", values: months.map((each) => fenOf(each.amount) / 100), texts: months.map((each) => `${moneyText(each.amount)}（${each.orders} 个）`) },
  };
}

export const isEmpty = (data: ChartData): boolean => [data.bars, data.line].every((series) => series?.values.every((value) => value === 0) ?? true);

/** The chart in a sentence, for who does not see it. */
export function sentenceOf(title: string, data: ChartData): string {
  const last = data.places.length - 1;
  const parts = [data.bars, data.line].flatMap((series) => (series ? [`${series.name}最近为 ${series.texts[last]}，最高 ${series.texts[highest(series.values)]}`] : []));
  return `${title}：${parts.join("；")}。详细数据见表格。`;
}

function highest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
