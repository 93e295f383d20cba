/** The provider's pages. */
import type { RouteRecordRaw } from "vue-router";
import { providerClassRoutes } from "./routes.provider-classes";
import { providerWorkRoutes } from "./routes.provider-work";

export const consoleRoutes: RouteRecordRaw[] = [...providerClassRoutes, ...providerWorkRoutes];
