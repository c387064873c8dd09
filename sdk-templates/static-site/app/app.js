// A single-page app in a few lines: its own router over the History API. The server answers every path below /app/ that is
// no file with index.html, so a link that somebody was sent, or a reload, comes here with its path.

const BASE = "/app/";
const ITEMS = new Map([
  ["7", "a lamp"],
  ["8", "a bulb"],
]);

const PAGES = [
  { path: /^$/, show: () => [heading("App"), list()] },
  { path: /^items\/([^/]+)$/, show: (id) => (ITEMS.has(id) ? [heading(ITEMS.get(id)), back()] : nothing()) },
];

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...[text].flat());
  return made;
}

const heading = (text) => element("h1", text);
const back = () => element("p", element("a", "All items", { href: BASE }));
const nothing = () => [heading("No such page"), back()];
const list = () =>
  element("ul", [...ITEMS].map(([id, name]) => element("li", element("a", name, { href: `${BASE}items/${id}` }))));

function show() {
  const path = location.pathname.slice(BASE.length);
  for (const page of PAGES) {
    const match = page.path.exec(path);
    if (match) {
      return document.getElementById("page").replaceChildren(...page.show(...match.slice(1)));
    }
  }
  document.getElementById("page").replaceChildren(...nothing());
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (plain && link && link.origin === location.origin && link.pathname.startsWith(BASE)) {
    event.preventDefault();
    history.pushState(null, "", link.href);
    show();
  }
});
window.addEventListener("popstate", show);
show();
