import { svg } from "./dom.js";

/** The last minute as a line, the newest second at the right. It is a picture of numbers that stand beside it. */
const SECONDS = 60;
const WIDTH = 120;
const HEIGHT = 28;

export class Sparkline {
  #line = svg("path", { class: "spark-line" });
  #area = svg("path", { class: "spark-area" });
  #end = svg("path", { class: "spark-end" });

  constructor() {
    this.node = svg(
      "svg",
      {
        class: "spark",
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        preserveAspectRatio: "none",
        "aria-hidden": "true",
        focusable: "false",
      },
      svg("path", { class: "spark-ground", d: `M0 ${HEIGHT - 1}H${WIDTH}` }),
      this.#area,
      this.#line,
      this.#end,
    );
  }

  update(perSecond) {
    const most = Math.max(1, ...perSecond);
    const points = perSecond.map((value, i) => [
      WIDTH - (perSecond.length - 1 - i) * (WIDTH / (SECONDS - 1)),
      HEIGHT - 1 - (value / most) * (HEIGHT - 6),
    ]);
    const path = points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
    const seen = points.length > 1;
    this.#line.setAttribute("d", seen ? `M${path}` : "");
    this.#area.setAttribute(
      "d",
      seen ? `M${points[0][0].toFixed(1)} ${HEIGHT - 1}L${path}L${WIDTH} ${HEIGHT - 1}Z` : "",
    );
    this.#end.setAttribute("d", `M${WIDTH} ${seen ? points.at(-1)[1].toFixed(1) : HEIGHT - 1}h0`);
  }
}
