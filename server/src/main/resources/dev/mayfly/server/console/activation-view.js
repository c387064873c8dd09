import { statusOf, words } from "./activation-list.js";
import { el, svg } from "./dom.js";
import { bytes, count, date, micros, plural } from "./format.js";
import { heading, section, waiting } from "./heading.js";
import { LogLines } from "./log-lines.js";

/** One request: what it was, where its time went, what its function logged. */
export class ActivationView {
  #context;
  #id;
  #after = 0;
  #app;
  #body = el("div", {}, waiting());
  #log = new LogLines("Log lines of this request", "Its function logged nothing that is still kept.");

  constructor(context, id) {
    this.#context = context;
    this.#id = id;
    this.title = `Activation ${id}`;
    this.node = el(
      "div",
      { class: "view" },
      el("p", { class: "crumbs" }, el("a", { href: "#/activations" }, "Activations")),
      this.#body,
      section("Log", "log", this.#log.node),
    );
    this.questions = [
      { every: 3600, due: 0, ask: (signal) => this.#askDetail(signal) },
      { every: 3, due: 0, ask: (signal) => this.#askLog(signal) },
      { every: 5, due: 0, ask: (signal) => context.pulse(signal) },
    ];
  }

  async #askDetail(signal) {
    const detail = await this.#context.api.get(`v1/activations/${encodeURIComponent(this.#id)}`, signal);
    const item = detail.activation;
    this.#app = item.app;
    const title = heading(el("span", { class: "method" }, item.method), " ", item.path);
    this.#body.replaceChildren(
      title,
      el(
        "p",
        { class: "verdict" },
        statusOf(item),
        el("span", { "data-mood": item.outcome === "succeeded" ? undefined : "bad" }, words(item.outcome)),
        item.exit_code !== undefined && item.exit_code !== 0 && el("span", {}, `exit code ${item.exit_code}`),
        item.detail !== "" && el("span", { class: "quiet" }, item.detail),
      ),
      spent(item),
      facts(item),
      ...(detail.request ? [recorded("Request", "sent", detail.request, `${detail.request.method} ${detail.request.target}`)] : []),
      ...(detail.answer ? [recorded("Answer", "answered", detail.answer, String(detail.answer.status))] : []),
    );
    title.focus({ preventScroll: true });
  }

  async #askLog(signal) {
    if (this.#app === undefined) {
      return;
    }
    const query = new URLSearchParams({ request_id: this.#id, after: String(this.#after), limit: "500" });
    const page = await this.#context.api.get(`v1/apps/${encodeURIComponent(this.#app)}/logs?${query}`, signal);
    this.#after = page.next;
    this.#log.add(page.lines);
  }
}

/** Where the time went: a bar of parts, and the same as a list. */
function spent(item) {
  const parts = [
    ["waited", Math.max(0, item.queued_us - item.wake_us)],
    ["woke up", item.wake_us],
    ["ran", item.guest_us],
    ["the rest", Math.max(0, item.total_us - item.queued_us - item.guest_us)],
  ];
  const whole = Math.max(1, parts.reduce((sum, [, us]) => sum + us, 0));
  let from = 0;
  const bar = parts.map(([, us], i) => {
    const width = (us / whole) * 100;
    const part = svg("rect", { class: `phase phase-${i}`, x: `${from}%`, width: `${width}%`, height: "100%" });
    from += width;
    return part;
  });
  return el(
    "div",
    { class: "spent" },
    el("p", { class: "total" }, el("b", {}, micros(item.total_us)), el("small", {}, " in all")),
    svg("svg", { class: "bar phases", "aria-hidden": "true" }, ...bar),
    el(
      "dl",
      { class: "legend" },
      ...parts.map(([name, us], i) =>
        el("div", {}, el("dt", { class: `key key-${i}` }, name), el("dd", {}, micros(us))),
      ),
    ),
  );
}

function facts(item) {
  const app = el("a", { href: `#/apps/${item.app}` }, item.app);
  const rows = [
    ["function", el("span", {}, app, ` · ${item.function}, revision ${item.revision}`)],
    ["route", el("code", {}, item.route)],
    ["at", date(item.at)],
    ["memory", `${bytes(item.memory_bytes)}, ${plural(item.dirty_pages, "page", "pages")} written`],
    ["request id", el("code", {}, item.id)],
    ["trace id", el("code", {}, item.trace_id)],
  ];
  return el("dl", { class: "facts" }, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/** What was sent or answered, where the function's app.toml has it kept. */
function recorded(title, id, part, first) {
  const body = part.body.encoding === "text" ? part.body.content : `${count(part.body.content.length)} characters of Base64`;
  return section(
    title,
    id,
    el("p", {}, el("code", {}, first)),
    el(
      "dl",
      { class: "facts headers" },
      ...part.headers.map((header) => el("div", {}, el("dt", {}, header.name), el("dd", {}, header.value))),
    ),
    body !== "" && el("pre", { class: "body", tabindex: 0, "aria-label": `Body of the ${title.toLowerCase()}` }, body),
    !part.body.whole && el("p", { class: "quiet" }, "Only its beginning is kept."),
  );
}
