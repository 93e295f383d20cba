// Says whether every service behind the door is ready, and looks again while one is not.
const NAMES = {
  identity: "账号", catalog: "课程", classroom: "班级", supervision: "监管",
  supervision_photos: "照片接收", exam: "考试", billing: "结算", edge_media: "媒体",
};
const state = document.getElementById("ready");
const list = document.getElementById("services");

function show(text, kind) {
  state.textContent = text;
  state.className = `state ${kind}`;
}

async function look() {
  try {
    const said = await (await fetch("/readyz", { cache: "no-store" })).json();
    const rows = Object.entries(said.services).map(([name, word]) => {
      const row = document.createElement("li");
      row.textContent = `${NAMES[name] ?? name}：${word === "ready" ? "就绪" : "未就绪"}`;
      row.title = word;
      return row;
    });
    list.replaceChildren(...rows);
    list.hidden = false;
    if (said.ready) return show("全部服务已就绪", "good");
    show("部分服务尚未就绪，稍后自动重新检查", "bad");
  } catch {
    show("无法读取服务状态，稍后自动重新检查", "bad");
  }
  setTimeout(look, 3000);
}

look();
