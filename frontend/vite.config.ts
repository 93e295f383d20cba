import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import Components from "unplugin-vue-components/vite";
import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [
    vue(),
    // Element Plus is imported part by part, as the templates use it: all of it would weigh half a megabyte.
    Components({ dts: "src/components.d.ts", dirs: [], resolvers: [ElementPlusResolver({ importStyle: "css" })] }),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // The host stays as the browser named it: the services refuse writes that come from another page's host.
  server: { proxy: Object.fromEntries(["/api", "/media"].map((path) => [path, { target: process.env.KAIKE_ADDRESS ?? "http://127.0.0.1:8000", changeOrigin: false }])) },
  build: { target: "es2022", sourcemap: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
