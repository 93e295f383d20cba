/** Provinces, cities and districts, unpacked when a region is first chosen. */

export type Regions = Map<string, Map<string, string[]>>;

let unpacked: Promise<Regions> | null = null;

export function loadRegions(): Promise<Regions> {
  unpacked ??= import("./data/regions").then(({ REGION_LINES }) => unpack(REGION_LINES));
  unpacked.catch(() => (unpacked = null)); // not there now: asked for again next time
  return unpacked;
}

export function unpack(lines: readonly string[]): Regions {
  const regions: Regions = new Map();
  for (const line of lines) {
    const [province = "", rest = ""] = line.split("|");
    const cities = new Map<string, string[]>();
    for (const part of rest.split(";")) {
      const [city = "", districts = ""] = part.split(":");
      cities.set(city, districts.split(","));
    }
    regions.set(province, cities);
  }
  return regions;
}
