import { createApp } from "vue";
import App from "./App.vue";
import { forget } from "./app/session";
import { router } from "./app/router";
import { watchErrors } from "./features/client-errors/watching";
import { onSignedOut } from "./shared/api/send";
import "./shared/styles/base.css";

onSignedOut(() => {
  const here = router.currentRoute.value;
  forget();
  if (!here.meta.anyone) void router.replace({ name: "sign-in", query: { next: here.fullPath, over: "1" } });
});

const app = createApp(App);
watchErrors(app, router);
app.use(router).mount("#app");
