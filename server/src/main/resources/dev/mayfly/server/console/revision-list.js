import { el, setAttribute, setText, svg } from "./dom.js";
import { ago, date } from "./format.js";
import { Keyed } from "./keyed.js";

/** The revisions of an app, the newest first, each with its share of the traffic. */
export class RevisionList {
  #rows;

  /** `now` tells the server's clock; `choose(revision, back)` is called for who may and wants to; undefined for who may not. */
  constructor(now, choose) {
    this.node = el("ol", { class: "revisions" });
    this.#rows = new Keyed(this.node, (line) => line.number, (line) => new Row(line, now, choose));
  }

  update(revisions) {
    const live = revisions.find((line) => line.live)?.number;
    this.#rows.update(revisions.map((line) => ({ ...line, back: live === undefined || line.number < live })));
  }
}

class Row {
  #age = el("time", {});
  #share = el("span", { class: "percent" });
  #bar = svg("rect", { class: "share share-0", height: "100%", rx: 1 });
  #button;
  #now;
  #back = true;

  constructor(line, now, choose) {
    this.#now = now;
    this.#age.dateTime = line.at;
    this.#age.title = date(line.at);
    this.#button =
      choose &&
      el("button", { type: "button", class: "button", on: { click: () => choose(line.number, this.#back) } });
    this.node = el(
      "li",
      { class: "revision" },
      el("span", { class: "number" }, String(line.number)),
      el(
        "span",
        { class: "story" },
        line.message !== "" && el("span", { class: "message" }, line.message),
        el("span", { class: "quiet", title: line.who }, `${line.who.replace(/ \(\S+\)$/, "")}, `, this.#age),
      ),
      el("span", { class: "has" }, this.#share, svg("svg", { class: "bar", "aria-hidden": "true" }, this.#bar)),
      this.#button,
    );
  }

  update(line) {
    setText(this.#age, ago(line.at, this.#now()));
    setText(this.#share, line.percent > 0 ? `${line.percent} %` : "");
    this.#bar.setAttribute("width", `${line.percent}%`);
    setAttribute(this.node, "data-live", line.percent > 0);
    this.#back = line.back;
    if (this.#button) {
      const label = line.back ? `Roll back to ${line.number}` : `Give all to ${line.number}`;
      setText(this.#button, label);
      this.#button.hidden = line.percent === 100;
    }
  }
}
