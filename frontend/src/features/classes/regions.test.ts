import { expect, it } from "vitest";
import { loadRegions } from "./regions";

it("has every province with its cities and districts", async () => {
  const regions = await loadRegions();
  expect(regions.size).toBe(34);
  expect(regions.get("北京市")?.get("北京市")).toContain("朝阳区");
  expect(regions.get("浙江省")?.get("杭州市")).toContain("西湖区");
  for (const cities of regions.values()) for (const [city, districts] of cities) expect([city, districts.every(Boolean), districts.length > 0]).toEqual([city, true, true]);
});
