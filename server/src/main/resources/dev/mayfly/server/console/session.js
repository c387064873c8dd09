/** Who looks: the token, kept for this tab and no longer, and what it may do. */

const KEPT = "mayfly.token";

export class Session {
  #caller;

  get token() {
    return sessionStorage.getItem(KEPT) ?? "";
  }

  /** Who the server says it is. */
  get caller() {
    return this.#caller;
  }

  begin(token) {
    sessionStorage.setItem(KEPT, token);
  }

  meet(caller) {
    this.#caller = caller;
  }

  end() {
    sessionStorage.removeItem(KEPT);
    this.#caller = undefined;
  }

  mayDeploy(app) {
    const scopes = this.#caller?.scopes ?? [];
    return ["admin", "deploy:*", `deploy:${app}`].some((scope) => scopes.includes(scope));
  }
}
