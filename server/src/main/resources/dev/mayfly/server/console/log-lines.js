import { el } from "./dom.js";
import { moment } from "./format.js";

/** Lines that functions wrote, the newest last. What they wrote is shown as it is. */
const MOST = 500;

export class LogLines {
  #list = el("ol", { class: "lines", tabindex: 0, role: "list" });
  #empty;

  constructor(label, empty) {
    this.#empty = el("p", { class: "quiet" }, empty);
    this.#list.setAttribute("aria-label", label);
    this.node = el("div", {}, this.#empty, this.#list);
    this.#list.hidden = this.#empty.hidden = true; // until it is known
  }

  /** Adds lines behind those that are there, and stays at the end if that is where the reader is. */
  add(lines) {
    if (lines.length === 0) {
      this.#empty.hidden = !this.#list.hidden;
      return;
    }
    this.#empty.hidden = true;
    this.#list.hidden = false;
    const list = this.#list;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(...lines.map((line) => this.#line(line)));
    while (list.childElementCount > MOST) {
      list.firstElementChild.remove();
    }
    if (atEnd) {
      list.scrollTop = list.scrollHeight;
    }
  }

  #line(line) {
    return el(
      "li",
      {},
      el("time", { datetime: line.at }, moment(line.at)),
      el("span", { class: "writer" }, line.function),
      el("span", { class: "text" }, line.line),
    );
  }
}
