import { el, setText, svg } from "./dom.js";

/** How an app's requests are shared by its revisions: a bar, and the same in words. */
export class TrafficBar {
  #words = el("span", { class: "shares" });
  #bar = svg("svg", { class: "bar", "aria-hidden": "true", focusable: "false" });
  #drawn = "";

  constructor() {
    this.node = el("span", { class: "traffic" }, this.#words, this.#bar);
  }

  /** `traffic`: percent by revision. */
  update(traffic) {
    const shares = Object.entries(traffic)
      .map(([revision, percent]) => ({ revision: Number(revision), percent }))
      .sort((one, other) => other.percent - one.percent || other.revision - one.revision);
    const words = shares.map((each) => `revision ${each.revision}: ${each.percent} %`).join(", ");
    if (words === this.#drawn) {
      return;
    }
    this.#drawn = words;
    this.#bar.toggleAttribute("hidden", shares.length < 2);
    setText(this.#words, shares.length === 1 ? `revision ${shares[0].revision}` : words || "no traffic");
    let from = 0;
    this.#bar.replaceChildren(
      ...shares.map(({ percent }, i) => {
        const share = svg("rect", { class: `share share-${Math.min(i, 3)}`, x: `${from}%`, width: `${percent}%`, height: "100%" });
        from += percent;
        return share;
      }),
    );
  }
}
