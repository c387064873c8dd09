import { el, setAttribute, setText } from "./dom.js";
import { heading } from "./heading.js";

/** Asks for a token. `enter(token)` tries it, and throws what the server says against it. */
export class LoginView {
  title = "Log in";
  #enter;
  #field = el("input", {
    id: "token",
    name: "token",
    type: "password",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    required: true,
    "aria-describedby": "token-help failure",
  });
  #go = el("button", { class: "button strong", type: "submit" }, "Log in");
  #failure = el("p", { id: "failure", class: "failure", role: "alert" });

  /** `reason`: why one has to log in again, if so. */
  constructor(enter, reason) {
    this.#enter = enter;
    this.node = el(
      "form",
      { class: "login", on: { submit: (event) => this.#submit(event) } },
      el("div", {}, heading("Log in"), el("p", { class: "quiet" }, `to the server at ${location.host}`)),
      el("label", { for: "token" }, "Token"),
      this.#field,
      el(
        "p",
        { id: "token-help", class: "quiet" },
        "A server writes its first one to ",
        el("code", {}, "admin.token"),
        " in its data folder; ",
        el("code", {}, "mayfly tokens create"),
        " makes others. One with the scope ",
        el("code", {}, "read"),
        " is enough to look. It stays in this tab and goes when the tab is closed.",
      ),
      this.#failure,
      this.#go,
    );
    this.#say(reason ?? "");
  }

  #say(text) {
    setText(this.#failure, text);
    setAttribute(this.#field, "aria-invalid", text !== "" && "true");
  }

  async #submit(event) {
    event.preventDefault();
    this.#say("");
    this.#go.disabled = true;
    setText(this.#go, "Logging in…");
    try {
      await this.#enter(this.#field.value.trim());
    } catch (refused) {
      this.#say(refused.status === 401 ? `Not let in: ${refused.message}.` : refused.message);
      this.#field.focus();
      this.#field.select();
    } finally {
      this.#go.disabled = false;
      setText(this.#go, "Log in");
    }
  }
}
