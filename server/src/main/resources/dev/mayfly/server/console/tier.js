import { el, setAttribute, setText, svg } from "./dom.js";

/** How much of a function is in memory, as a word and as a disc: full, half, empty. */
export class Tier {
  #word = el("span", {});
  #half = svg("path", { class: "tier-half" });

  constructor() {
    this.node = el(
      "span",
      { class: "tier" },
      svg(
        "svg",
        { viewBox: "0 0 12 12", "aria-hidden": "true", focusable: "false" },
        svg("circle", { class: "tier-ring", cx: 6, cy: 6, r: 4.5 }),
        this.#half,
      ),
      this.#word,
    );
  }

  update(tier) {
    setText(this.#word, tier);
    setAttribute(this.node, "data-tier", tier);
    this.#half.setAttribute(
      "d",
      { hot: "M6 1.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9Z", warm: "M6 1.500a4.500 4.500 0 0 0 0 9Z" }[tier] ?? "",
    );
  }
}
