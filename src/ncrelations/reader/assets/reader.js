// What the pages do beyond plain HTML: the place a link names, copying citations, colours, and the search.
"use strict";

const byId = (id) => document.getElementById(id);

// Citations as people paste them: brackets, quotation marks and a full stop around them, any letter case, ranges.
const WRAPPED = /^[\s\[({<"'“‘«`]+|[\s\])}>"'”’»`.,;:!?]+$/g;
const RANGE = /^(.+)\/([a-z])(\d{1,4})\s*[-–—−‐‑]\s*([a-z]?)(\d{1,4})$/i;

function typed() {
  const hash = location.hash.slice(1);
  try { return decodeURIComponent(hash); } catch { return hash; }
}

// The element that a citation names: as it is, in another letter case, or without the document's name.
function placeOf(id) {
  if (byId(id)) return byId(id);
  const within = [...document.querySelectorAll("article.document")].map((each) => `${each.id}/${id}`.toLowerCase());
  const names = [id.toLowerCase(), ...within];
  return [...document.querySelectorAll("[id]")].find((each) => names.includes(each.id.toLowerCase())) ?? null;
}

// The blocks from one end of a range to the other, in the document's order; none where it is no range.
function blocksOf(id) {
  const [, section, letter, from, other, to] = RANGE.exec(id) ?? [];
  const ends = section ? [placeOf(`${section}/${letter}${from}`), placeOf(`${section}/${other || letter}${to}`)] : [];
  const blocks = ends.every(Boolean) ? [...document.querySelectorAll(".block")] : [];
  const [first, last] = ends.map((each) => blocks.indexOf(each));
  return first <= last && ends[0]?.closest("section") === ends[1]?.closest("section") ? blocks.slice(first, last + 1) : [];
}

// What the address names: one place, or the blocks of a range.
function placesAt(text) {
  const bare = text.replace(WRAPPED, "");
  const exact = byId(text) ?? placeOf(bare);
  return exact ? [exact] : blocksOf(bare);
}

// The page of another document that a citation is of; null where that is this page, or no document.
function pageOf(text) {
  const wanted = text.replace(WRAPPED, "").split("/")[0].toLowerCase();
  const known = (document.documentElement.dataset.documents ?? "").split(" ");
  return known.includes(wanted) && !byId(wanted) && !document.querySelector(".page-single") ? wanted : null;
}

function sayAbsent(text) {
  byId("absent")?.remove();
  if (!text) return;
  const note = made("p", { id: "absent", className: "absent", role: "alert" }, `There is no place “${text.slice(0, 120)}” on this page.`);
  const parts = text.replace(WRAPPED, "").split("/");
  while (parts.pop() && parts.length) {
    const near = placeOf(parts.join("/"));
    if (near) {
      note.append(" The nearest there is: ", made("a", { href: `#${near.id}` }, near.id), ".");
      break;
    }
  }
  byId("main").prepend(note);
  note.scrollIntoView({ block: "center", behavior: "instant" });
}

// The place that the address names: marked, scrolled to and focused; a citation of another page is followed there.
function goToFragment() {
  const text = typed();
  const places = text ? placesAt(text) : [];
  const page = places.length ? null : pageOf(text);
  document.querySelectorAll(".here").forEach((each) => each.classList.remove("here"));
  if (page) {
    location.replace(`${page}.html#${text.replace(WRAPPED, "")}`);
    return;
  }
  sayAbsent(places.length ? "" : text);
  const place = places[0];
  if (!place || place.tagName === "MAIN") return;
  places.forEach((each) => each.classList.add("here"));
  place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: place.matches("section, article") || places.length > 1 ? "start" : "center", behavior: "instant" });
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
    button.querySelector(".named").textContent = names[theme];
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

function made(tag, { role, ...attributes }, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  if (role) element.setAttribute("role", role);
  element.append(...children);
  return element;
}

// The sentences around the best one, the answering ones marked; where nothing answers, none is.
function excerpt(result, doubt) {
  const first = Math.max(1, Math.min(result.best - 1, ...result.answering.filter((n) => n >= result.best - 2)));
  const last = Math.min(result.sentences.length, Math.max(result.best + 1, first + 2));
  const words = made("p", { className: "words" }, first > 1 ? "… " : "");
  for (let number = first; number <= last; number++) {
    const text = result.sentences[number - 1];
    words.append(!doubt && result.answering.includes(number) ? made("mark", {}, text) : text, number < last ? " " : "");
  }
  if (last < result.sentences.length) words.append(" …");
  return words;
}

function shown(result, doubt) {
  const page = result.citation.split("/")[0];
  const address = `${page}.html#${result.citation}${doubt ? "" : `/s${result.best}`}`;
  return made("li", { className: `of-${result.tint}` },
    excerpt(result, doubt),
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
  results.replaceChildren(...found.results.map((each) => shown(each, found.doubt)));
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

// On a phone the header is one row: its pages are behind "Menu".
function prepareMenu() {
  const [menu, narrow] = [document.querySelector(".menu"), matchMedia("(max-width: 40rem)")];
  const fit = () => { menu.open = !narrow.matches; };
  if (!menu) return;
  fit();
  narrow.addEventListener("change", fit);
  addEventListener("click", (event) => { if (narrow.matches && !menu.contains(event.target)) menu.open = false; });
}

prepareMenu();
if (matchMedia("(max-width: 68rem)").matches) document.querySelector(".contents details")?.removeAttribute("open");
prepareColours();
prepareCopying();
if (byId("results")) prepareSearch();
addEventListener("keydown", onKey);
addEventListener("hashchange", goToFragment);
goToFragment();
