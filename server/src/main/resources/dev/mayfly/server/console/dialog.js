import { el, setText } from "./dom.js";

/**
 * Asks before something is changed. `question`: `{title, text, verb, doing, act}`; `act` is awaited, and what it throws is said
 * in the dialog, which stays open. Resolves to whether it was done.
 */
export function confirm(question) {
  const failure = el("p", { class: "failure", role: "alert" });
  const cancel = el("button", { type: "button", class: "button" }, "Cancel");
  const go = el("button", { type: "button", class: "button strong" }, question.verb);
  const dialog = el(
    "dialog",
    { class: "dialog", "aria-labelledby": "dialog-title" },
    el("h2", { id: "dialog-title" }, question.title),
    el("p", {}, question.text),
    failure,
    el("div", { class: "buttons" }, cancel, go),
  );
  document.body.append(dialog);
  const { promise, resolve } = Promise.withResolvers();
  let done = false;
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", (event) => go.disabled && event.preventDefault());
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(done);
  });
  go.addEventListener("click", async () => {
    setText(failure, "");
    go.disabled = cancel.disabled = true;
    setText(go, question.doing);
    try {
      await question.act();
      done = true;
      dialog.close();
    } catch (refused) {
      go.disabled = cancel.disabled = false;
      setText(go, question.verb);
      setText(failure, refused.message);
      go.focus();
    }
  });
  dialog.showModal();
  cancel.focus();
  return promise;
}
