/** Course packages and their categories. */
import type { components } from "@/shared/api/generated/catalog";
import { bodyOf, catalog } from "@/shared/api/clients";
import type { Page } from "@/shared/listing";

type Schemas = components["schemas"];
export type PackageSummary = Schemas["PackageSummary"];
export type CoursePackage = Schemas["PackageOut"];
export type PackageVersion = Schemas["VersionOut"];
export type PackageCourse = Schemas["PackageCourseOut"];
export type VersionSummary = Schemas["VersionSummary"];
export type Totals = Schemas["TotalsOut"];
export type Category = Schemas["CategoryOut"];

export interface PackageQuery {
  page: number;
  page_size: number;
  owner?: string;
  published?: string;
  category_id?: string;
  text?: string;
}

export function listPackages(query: PackageQuery): Promise<Page<PackageSummary>> {
  const { published, ...rest } = query;
  const said = { ...rest, ...(published ? { published: published === "yes" } : {}) };
  return bodyOf(catalog.GET("/api/v1/catalog/packages", { params: { query: said as never } })) as Promise<Page<PackageSummary>>;
}

export function readPackage(packageId: string): Promise<CoursePackage> {
  return bodyOf(catalog.GET("/api/v1/catalog/packages/{package_id}", { params: { path: { package_id: packageId } } })) as Promise<CoursePackage>;
}

export function readVersion(packageId: string, number: number): Promise<PackageVersion> {
  const params = { path: { package_id: packageId, number } };
  return bodyOf(catalog.GET("/api/v1/catalog/packages/{package_id}/versions/{number}", { params })) as Promise<PackageVersion>;
}

export async function listVersions(packageId: string): Promise<VersionSummary[]> {
  const params = { path: { package_id: packageId }, query: { page_size: 100 } as never };
  return (await bodyOf(catalog.GET("/api/v1/catalog/packages/{package_id}/versions", { params }))).items;
}

export function publishPackage(packageId: string): Promise<PackageVersion> {
  const params = { path: { package_id: packageId } };
  return bodyOf(catalog.POST("/api/v1/catalog/packages/{package_id}/versions", { params })) as Promise<PackageVersion>;
}

export async function listCategories(): Promise<Category[]> {
  return (await bodyOf(catalog.GET("/api/v1/catalog/categories"))).items;
}
