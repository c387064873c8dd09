import { el, setAttribute, setText } from "./dom.js";

/** What stands around every view: where one can go, how the server is, and what went wrong. */
export class Frame {
  #places = document.getElementById("places");
  #visitor = document.getElementById("visitor");
  #trouble = document.getElementById("trouble");
  #news = document.getElementById("news");
  #main = document.getElementById("main");
  #health = el("span", { class: "health" });
  #name = el("span", { class: "visitor-name" });
  #saying = "";

  /** `leave` logs out. */
  constructor(leave) {
    const out = el("button", { type: "button", class: "button quiet-button", on: { click: leave } }, "Log out");
    this.#visitor.append(this.#health, this.#name, out);
    document.getElementById("skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.#main.focus();
    });
  }

  /** For a known caller, or for nobody. */
  greet(caller) {
    this.#places.hidden = this.#visitor.hidden = caller === undefined;
    setText(this.#name, caller?.name ?? "");
    setText(this.#health, "");
    this.fine();
  }

  /** Shows a view: `{title, node}`, at `place`, which the links of the frame begin with. */
  show(view, place, focused) {
    document.title = `${view.title} · Mayfly`;
    this.#main.replaceChildren(view.node);
    for (const link of this.#places.children) {
      setAttribute(link, "aria-current", place.startsWith(link.getAttribute("href")) && "page");
    }
    if (focused) {
      window.scrollTo(0, 0);
      (this.#main.querySelector("h1") ?? this.#main).focus({ preventScroll: true });
    }
  }

  /** How the server is, by an answer of `/v1/functions`. */
  pulse(page) {
    const reasons = page.ready ? page.degraded : ["it goes down"];
    setText(this.#health, reasons.length === 0 ? "well" : `degraded: ${reasons.join("; ")}`);
    setAttribute(this.#health, "data-mood", reasons.length === 0 ? "good" : "warn");
  }

  /** Tells of a change, to those who hear the page. */
  tell(news) {
    setText(this.#news, news);
  }

  fine() {
    this.#saying = "";
    this.#trouble.replaceChildren();
  }

  /** Said once, however often it is tried again. */
  trouble(refused, pause, again) {
    setText(this.#health, "");
    const what = refused.status === 0 ? "The server does not answer." : sentence(refused.message);
    const when = `Trying again in ${Math.max(1, Math.round(pause / 1000))} s.`;
    if (this.#saying !== what) {
      this.#saying = what;
      this.#trouble.replaceChildren(
        el("span", {}, what),
        el("span", { class: "when", "aria-hidden": "true" }, when),
        el("button", { type: "button", class: "button", on: { click: again } }, "Try now"),
      );
    } else {
      setText(this.#trouble.querySelector(".when"), when);
    }
  }

  /** What asking again would not mend. */
  refused(refused) {
    this.#saying = refused.message;
    this.#trouble.replaceChildren(el("span", {}, sentence(refused.message)));
  }
}

function sentence(text) {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return whole.endsWith(".") ? whole : `${whole}.`;
}
