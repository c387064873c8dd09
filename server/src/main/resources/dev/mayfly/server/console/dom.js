/**
 * Makes nodes. Whatever comes from elsewhere (names, paths, log lines) goes in as text and as attributes, never as markup;
 * the page's policy refuses anything else.
 */

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; `on` has listeners by event, and what is undefined or false is left out. */
export function el(tag, attributes = {}, ...children) {
  return made(document.createElement(tag), attributes, children);
}

/** Likewise, of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return made(document.createElementNS(SVG, tag), attributes, children);
}

function made(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      Object.entries(value).forEach(([event, listener]) => node.addEventListener(event, listener));
    } else if (value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.filter((child) => child !== undefined && child !== false));
  return node;
}

/** Only when it is another one: what did not change is not painted, nor read out, again. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Sets an attribute, or takes it away for undefined and false. */
export function setAttribute(node, name, value) {
  if (value === undefined || value === false) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, String(value));
  }
}

/** A link to what a server named: of the web only. */
export function outside(url, text) {
  return /^https?:\/\//.test(url)
    ? el("a", { href: url, rel: "noreferrer", target: "_blank" }, text)
    : el("span", {}, text);
}

/** For those who hear the page. */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}
