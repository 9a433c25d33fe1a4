// What the pages do beyond plain HTML: the place a link names, copying citations, colours, and the search.
"use strict";

const byId = (id) => document.getElementById(id);

// The place that the address names: marked, scrolled to and focused; a citation of another page is followed there.
function goToFragment() {
  let id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  document.querySelectorAll(".here").forEach((each) => each.classList.remove("here"));
  const place = id && byId(id);
  const page = id.split("/")[0];
  const known = (document.documentElement.dataset.documents ?? "").split(" ").includes(page);
  if (!place && page && known && !byId(page) && !document.querySelector(".page-single")) location.replace(`${page}.html#${id}`);
  if (!place || place.tagName === "MAIN") return;
  place.classList.add("here");
  place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: place.matches("section, article") ? "start" : "center", behavior: "instant" });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // not permitted, or an old browser
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

function prepareCopying() {
  for (const each of document.querySelectorAll("pre[data-link]")) {
    if (location.protocol.startsWith("http")) {
      each.textContent = each.textContent.replace(`(${each.dataset.link})`, `(${new URL(each.dataset.link, location.href)})`);
    }
  }
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await copy(button.closest(".form").querySelector("pre").textContent);
      button.firstChild.data = "Copied";
      setTimeout(() => { button.firstChild.data = "Copy"; }, 2000);
    });
  }
}

function prepareColours() {
  const button = document.querySelector(".theme");
  const names = { auto: "automatic", light: "light", dark: "dark" };
  const show = (theme) => {
    document.documentElement.dataset.theme = theme;
    button.querySelector("span").textContent = names[theme];
  };
  button.hidden = false;
  show(names[document.documentElement.dataset.theme] ? document.documentElement.dataset.theme : "auto");
  button.addEventListener("click", () => {
    const themes = Object.keys(names);
    const next = themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length];
    show(next);
    try { localStorage.setItem("ncr-theme", next); } catch { /* no storage: for this page only */ }
  });
}

// Scripts are loaded when the search is first used: `fetch` does not work in a page that was opened from a file.
const loaded = {};
function load(source) {
  loaded[source] ??= new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: source, onload: done, onerror: failed }));
  });
  return loaded[source];
}

let search = null;
async function searcher() {
  await Promise.all([load("assets/search.js"), load("assets/data.js")]);
  search ??= globalThis.createSearch(globalThis.NCR_DATA);
  return search;
}

function made(tag, attributes, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

// The sentences around the best one, the answering ones marked.
function excerpt(result) {
  const first = Math.max(1, Math.min(result.best - 1, ...result.answering.filter((n) => n >= result.best - 2)));
  const last = Math.min(result.sentences.length, Math.max(result.best + 1, first + 2));
  const words = made("p", { className: "words" }, first > 1 ? "… " : "");
  for (let number = first; number <= last; number++) {
    const text = result.sentences[number - 1];
    words.append(result.answering.includes(number) ? made("mark", {}, text) : text, number < last ? " " : "");
  }
  if (last < result.sentences.length) words.append(" …");
  return words;
}

function shown(result) {
  const page = result.citation.split("/")[0];
  const address = `${page}.html#${result.citation}/s${result.best}`;
  return made("li", { className: `of-${result.tint}` },
    excerpt(result),
    made("p", { className: "where" },
      made("span", { className: `voice voice-${result.tint}` }, result.label), " ",
      made("a", { href: address }, result.human), " ",
      made("code", {}, result.citation)));
}

function said({ results, mended, doubt }, query) {
  if (!results.length) return `Nothing in the documents matches “${query}”.`;
  const passages = results.length === 1 ? "1 passage" : `${results.length} passages`;
  const read = mended.map(([typed, meant]) => `“${typed}” read as “${meant}”. `).join("");
  return `${read}${doubt ? `No passage clearly answers “${query}”. The nearest:` : `${passages} for “${query}”.`}`;
}

async function answer(query) {
  const [results, status] = [byId("results"), byId("status")];
  if (!query) {
    results.replaceChildren();
    status.textContent = "";
    return;
  }
  const found = await searcher().then((find) => find(query)).catch(() => null); // a server may answer it
  if (byId("q").value.trim() !== query) return; // typed on meanwhile
  if (!found) {
    status.textContent = "The search could not be loaded.";
    return;
  }
  results.replaceChildren(...found.results.map(shown));
  status.textContent = said(found, query);
}

function remember(query) {
  const address = new URL(location.href);
  address.searchParams.delete("q");
  if (query) address.searchParams.set("q", query);
  try { history.replaceState(null, "", address); } catch { /* some browsers refuse this for files */ }
}

function prepareSearch() {
  const box = byId("q");
  let timer = 0;
  const ask = () => {
    remember(box.value.trim());
    return answer(box.value.trim());
  };
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  if (box.value) ask();
  box.addEventListener("focus", () => { searcher().catch(() => null); }, { once: true });
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
}

// "/" goes to the search; arrows walk between box and results; Escape goes back to the box.
function onKey(event) {
  const box = byId("q");
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...document.querySelectorAll("#results a")];
  const at = links.indexOf(document.activeElement);
  const inBox = document.activeElement === box;
  if (event.key === "/" && !document.activeElement.matches("input, textarea")) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && at >= 0) {
    box.focus();
  } else if (links.length && (inBox || at >= 0) && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) box.focus();
    else links[Math.min(next, links.length - 1)].focus();
  }
}

if (matchMedia("(max-width: 68rem)").matches) document.querySelector(".contents details")?.removeAttribute("open");
prepareColours();
prepareCopying();
if (byId("results")) prepareSearch();
addEventListener("keydown", onKey);
addEventListener("hashchange", goToFragment);
goToFragment();
