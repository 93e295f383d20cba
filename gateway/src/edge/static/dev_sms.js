// Shows what the embedded SMS sender wrote down, newest first.
const state = document.getElementById("state");
const body = document.getElementById("messages");

async function look() {
  try {
    const answer = await fetch("/dev/sms.json", { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { items } = await answer.json();
    body.replaceChildren(...items.map(({ sent_at, mobile, code }) => {
      const row = document.createElement("tr");
      for (const text of [new Date(sent_at).toLocaleTimeString("zh-CN"), mobile, code]) {
        const cell = document.createElement("td");
        cell.textContent = text;
        row.append(cell);
      }
      return row;
    }));
    state.textContent = items.length ? `共 ${items.length} 条，每 2 秒更新` : "还没有发送过验证码";
    state.className = "state good";
  } catch {
    state.textContent = "读取失败，稍后自动重试";
    state.className = "state bad";
  }
  setTimeout(look, 2000);
}

look();
