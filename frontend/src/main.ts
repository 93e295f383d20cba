import { createApp } from "vue";
import App from "./App.vue";
import { noteOtherAccount, noteSessionOver, watchOtherTabs } from "./app/session";
import { router } from "./app/router";
import { watchErrors } from "./features/client-errors/watching";
import { onOtherAccount, onSignedOut } from "./shared/api/send";
import "./shared/styles/base.css";

onSignedOut(noteSessionOver);
onOtherAccount(noteOtherAccount);
watchOtherTabs();

const app = createApp(App);
watchErrors(app, router);
app.use(router).mount("#app");
