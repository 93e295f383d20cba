/** Rich text of a service (sanitised there) as elements, tag by tag from a list: markup is never taken over as it is. */
import { defineComponent, h, type VNodeArrayChildren } from "vue";

const TAGS = new Set(
  "p br h1 h2 h3 h4 h5 h6 ul ol li a strong b em i u s sub sup span blockquote pre code hr img table thead tbody tr th td video audio".split(" "),
);
const GONE = new Set(["script", "style", "iframe", "object", "embed", "link", "meta", "template"]);
const KEPT = ["colspan", "rowspan", "alt", "title", "controls"];
const SAFE = /^(https?:|mailto:|tel:|\/(?!\/)|data:image\/(png|jpeg|gif|webp);)/i;

function elements(parent: Node): VNodeArrayChildren {
  return Array.from(parent.childNodes, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? "";
    if (!(node instanceof HTMLElement)) return "";
    const tag = node.tagName.toLowerCase();
    if (GONE.has(tag)) return "";
    const inside = elements(node);
    return TAGS.has(tag) ? h(tag, attributes(node, tag), inside) : h("div", inside);
  });
}

function attributes(node: HTMLElement, tag: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name of KEPT) if (node.hasAttribute(name)) found[name] = node.getAttribute(name);
  for (const name of ["href", "src"]) {
    const value = node.getAttribute(name);
    if (value && SAFE.test(value)) found[name] = value;
  }
  if (tag === "a") Object.assign(found, { rel: "noopener noreferrer", target: "_blank" });
  const { color, backgroundColor, textAlign } = node.style;
  if (color || backgroundColor || textAlign) found.style = { color, backgroundColor, textAlign };
  return found;
}

export default defineComponent({
  props: { html: { type: String, required: true } },
  setup: (props) => () => h("div", { class: "rich-text" }, elements(new DOMParser().parseFromString(props.html, "text/html").body)),
});
