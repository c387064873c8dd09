import { el, setText } from "./dom.js";

/** The heading of a view, which gets the focus when the view is shown. */
export function heading(...children) {
  return el("h1", { tabindex: -1 }, ...children);
}

/** A part of a view under a heading of its own. */
export function section(title, id, ...children) {
  return el("section", { "aria-labelledby": id, class: `part part-${id}` }, el("h2", { id }, title), ...children);
}

/** Says something quietly, or nothing. */
export function say(node, text) {
  node.classList.remove("waiting");
  setText(node, text);
  node.hidden = text === "";
}

/** What is said while the first answer is on its way. */
export function waiting() {
  return el("p", { class: "quiet waiting" }, "Asking the server…");
}
