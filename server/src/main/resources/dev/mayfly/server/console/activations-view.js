import { ActivationList, words } from "./activation-list.js";
import { el, setAttribute } from "./dom.js";
import { heading, say, waiting } from "./heading.js";

const OUTCOMES = [
  "succeeded",
  "failed",
  "trapped",
  "deadline",
  "cpu",
  "cancelled",
  "output_exceeded",
  "broken",
  "refused",
  "not_run",
];

/** The newest requests to functions, of one app or of all, as they come. */
export class ActivationsView {
  title = "Activations";
  #context;
  #wanted;
  #list;
  #said = waiting();
  #apps = el("select", { id: "of-app" }, el("option", { value: "" }, "all apps"));
  #hold = el("button", { type: "button", class: "button", "aria-pressed": "false" }, "Hold");

  /** `wanted`: `app` and `outcome`, as the address has them. */
  constructor(context, wanted) {
    this.#context = context;
    this.#wanted = wanted;
    this.#list = new ActivationList(() => context.api.now(), true);
    const outcomes = el(
      "select",
      { id: "of-outcome" },
      el("option", { value: "" }, "any outcome"),
      ...OUTCOMES.map((each) => el("option", { value: each }, words(each))),
    );
    outcomes.value = wanted.get("outcome") ?? "";
    this.node = el(
      "div",
      { class: "view" },
      heading("Activations"),
      el(
        "div",
        { class: "filters" },
        el("label", { for: "of-app", class: "unseen" }, "App"),
        this.#apps,
        el("label", { for: "of-outcome", class: "unseen" }, "Outcome"),
        outcomes,
        this.#hold,
      ),
      this.#said,
      this.#list.node,
    );
    this.#apps.addEventListener("change", () => this.#choose("app", this.#apps.value));
    outcomes.addEventListener("change", () => this.#choose("outcome", outcomes.value));
    this.#hold.addEventListener("click", () => this.#toggle());
    this.questions = [
      { every: 3600, due: 0, ask: (signal) => this.#askApps(signal) },
      { every: 1, due: 0, ask: (signal) => this.#ask(signal) },
      { every: 5, due: 0, ask: (signal) => context.pulse(signal) },
    ];
  }

  #choose(name, value) {
    const wanted = new URLSearchParams(this.#wanted);
    if (value === "") {
      wanted.delete(name);
    } else {
      wanted.set(name, value);
    }
    this.#wanted = wanted;
    history.replaceState(null, "", `#/activations${wanted.size > 0 ? `?${wanted}` : ""}`);
    this.#context.again();
  }

  get #held() {
    return this.#hold.getAttribute("aria-pressed") === "true";
  }

  #toggle() {
    setAttribute(this.#hold, "aria-pressed", !this.#held ? "true" : "false");
    this.#context.again();
  }

  async #askApps(signal) {
    const page = await this.#context.api.get("v1/apps", signal);
    const wanted = this.#wanted.get("app") ?? "";
    const names = new Set([...page.apps.map((app) => app.name), ...(wanted === "" ? [] : [wanted])]);
    this.#apps.append(...[...names].sort().map((name) => el("option", { value: name }, name)));
    this.#apps.value = wanted;
  }

  async #ask(signal) {
    if (this.#held) {
      return;
    }
    const query = new URLSearchParams(this.#wanted);
    query.set("limit", "100");
    const page = await this.#context.api.get(`v1/activations?${query}`, signal);
    if (!this.#held) {
      this.#list.update(page.activations);
      say(this.#said, page.activations.length > 0 ? "" : "No request of that kind came lately.");
    }
  }
}
