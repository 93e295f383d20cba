/** 线下课课表: lines of text and a table of 时间/地点/课程内容, kept as the HTML that learners see. */

export interface TimetableRow {
  time: string;
  place: string;
  content: string;
}

export interface Timetable {
  text: string;
  rows: TimetableRow[];
}

export function toHtml(timetable: Timetable): string {
  const lines = timetable.text.split("\n").map((line) => line.trim());
  const paragraphs = lines.filter(Boolean).map((line) => `<p>${escaped(line)}</p>`);
  const rows = timetable.rows.filter((row) => row.time.trim() || row.place.trim() || row.content.trim());
  if (rows.length === 0) return paragraphs.join("");
  const body = rows.map((row) => `<tr>${[row.time, row.place, row.content].map((cell) => `<td>${escaped(cell.trim())}</td>`).join("")}</tr>`);
  return `${paragraphs.join("")}<table><thead><tr><th>时间</th><th>地点</th><th>课程内容</th></tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** `plain` is false when the HTML holds more than this editor can show; saving would simplify it. */
export function fromHtml(html: string): Timetable & { plain: boolean } {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const table = body.querySelector("table");
  const rows = [...(table?.querySelectorAll("tr") ?? [])].map((row) => [...row.children].map((cell) => (cell.textContent ?? "").trim()));
  const filled = rows.filter((cells, place) => !(place === 0 && cells[0] === "时间"));
  const found = filled.map((cells) => ({ time: cells[0] ?? "", place: cells[1] ?? "", content: cells.slice(2).join(" ") }));
  table?.remove();
  for (const br of body.querySelectorAll("br")) br.replaceWith("\n");
  const blocks = [...body.childNodes].map((node) => (node.textContent ?? "").trim()).filter(Boolean);
  const timetable = { text: blocks.join("\n"), rows: found };
  return { ...timetable, plain: squeezed(toHtml(timetable)) === squeezed(html) };
}

function squeezed(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.innerHTML.replace(/\s+/g, "");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
