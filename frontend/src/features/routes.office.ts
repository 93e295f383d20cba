/** Pages of reviewers, dealers and the platform, and the accounts of all of them. */
import type { RouteRecordRaw } from "vue-router";
import { addHelp } from "@/shared/texts/help";
import { HELP as accounts } from "./accounts/texts";
import { HELP as agreements } from "./agreements/texts";
import { HELP as dealer } from "./dealer/texts";
import { HELP as platform } from "./platform/texts";
import { HELP as reviews } from "./reviews/texts";

addHelp({ ...reviews, ...agreements, ...dealer, ...platform, ...accounts });

const REVIEWERS = ["account_manager", "platform_reviewer"];
const PLATFORM = ["platform_admin"];
const MANAGERS = ["platform_admin", "provider_admin"];

const reviewRoutes: RouteRecordRaw[] = [
  { path: "applications", name: "applications", component: () => import("./reviews/pages/ApplicationsPage.vue"), meta: { title: "审核", roles: REVIEWERS, menu: "applications", help: "applications" } },
  { path: "applications/:applicationId", name: "application", component: () => import("./reviews/pages/ApplicationPage.vue"), meta: { title: "审核申请", roles: REVIEWERS, menu: "applications", help: "application" } },
  { path: "applications/classes/:classId/learners", name: "identities", component: () => import("./reviews/pages/IdentitiesPage.vue"), meta: { title: "更正学员身份", roles: ["account_manager"], menu: "applications", help: "identities" } },
  { path: "agreements", name: "agreements", component: () => import("./agreements/pages/AgreementsPage.vue"), meta: { title: "价格协议", roles: [...REVIEWERS, ...PLATFORM], menu: "agreements", help: "agreements" } },
  { path: "agreements/new", name: "agreement-new", component: () => import("./agreements/pages/AgreementNewPage.vue"), meta: { title: "新建价格协议", roles: ["account_manager"], menu: "agreements", help: "agreement-new" } },
];

const dealerRoutes: RouteRecordRaw[] = [
  { path: "dealer/settlements", name: "dealer-settlements", component: () => import("./dealer/pages/SettlementsPage.vue"), meta: { title: "结算确认", roles: ["dealer_finance"], menu: "dealer-settlements", help: "dealer-settlements" } },
  { path: "dealer/settlements/:settlementId", name: "dealer-settlement", component: () => import("./dealer/pages/SettlementPage.vue"), meta: { title: "结算核对", roles: ["dealer_finance"], menu: "dealer-settlements", help: "dealer-settlements" } },
  { path: "dealer/orders", name: "dealer-orders", component: () => import("./dealer/pages/OrdersPage.vue"), meta: { title: "订单", roles: ["dealer_finance", "account_manager"], menu: "dealer-orders", help: "dealer-orders" } },
  { path: "dealer/orders/:orderId", name: "dealer-order", component: () => import("./dealer/pages/OrderPage.vue"), meta: { title: "订单详情", roles: ["dealer_finance", "account_manager"], menu: "dealer-orders", help: "dealer-orders" } },
  { path: "dealer/feed", name: "dealer-feed", component: () => import("./dealer/pages/FeedPage.vue"), meta: { title: "事件订阅", roles: ["dealer_finance"], menu: "dealer-feed", help: "dealer-feed" } },
];

const platformRoutes: RouteRecordRaw[] = [
  { path: "providers", name: "providers", component: () => import("./platform/pages/ProvidersPage.vue"), meta: { title: "培训单位", roles: PLATFORM, menu: "providers", help: "providers" } },
  { path: "providers/:providerId", name: "provider", component: () => import("./platform/pages/ProviderPage.vue"), meta: { title: "培训单位", roles: PLATFORM, menu: "providers", help: "providers" } },
  { path: "dealers", name: "dealers", component: () => import("./platform/pages/DealersPage.vue"), meta: { title: "经销商", roles: PLATFORM, menu: "dealers", help: "dealers" } },
  { path: "dealers/:dealerId", name: "dealer", component: () => import("./platform/pages/DealerPage.vue"), meta: { title: "经销商", roles: PLATFORM, menu: "dealers", help: "dealers" } },
  { path: "accounts", name: "accounts", component: () => import("./accounts/pages/AccountsPage.vue"), meta: { title: "账号与角色", roles: MANAGERS, menu: "accounts", help: "accounts" } },
  { path: "accounts/:accountId", name: "account-edit", component: () => import("./accounts/pages/AccountEditPage.vue"), meta: { title: "账号", roles: MANAGERS, menu: "accounts", help: "account-edit" } },
];

export const officeRoutes: RouteRecordRaw[] = [...reviewRoutes, ...dealerRoutes, ...platformRoutes];
