// What the page does in the browser: citations lead to their cards, questions are asked at a click,
// answers are copied, failures are told in the page's language.

const WIDE = matchMedia("(min-width: 769px)");
const TOUCH = matchMedia("(pointer: coarse)");
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

const actions = {
  ".cite": showSource,
  "[data-question]": (button) => ask(button.dataset.question),
  ".copy": copy,
};

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(actions)) {
    const target = event.target.closest?.(selector);
    if (target) act(target, event);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest?.(".source")) return;
  find(".cite.current")?.focus();
});

function showSource(link, event) {
  const card = document.getElementById(link.hash.slice(1));
  if (!card) return;
  event.preventDefault();
  all(".cite.current").forEach((other) => other.classList.remove("current"));
  link.classList.add("current");
  card.open = true;
  find("summary", card).focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: motion() });
  flash(card);
}

function flash(card) {
  all(".source.flash").forEach((other) => other.classList.remove("flash"));
  void card.offsetWidth; // restarts the animation
  card.classList.add("flash");
}

function ask(question) {
  const box = find("#question textarea");
  if (!TOUCH.matches) box.focus();
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => find("#send").click(), 50); // once Gradio has taken the text over
}

async function copy(button) {
  const before = button.textContent;
  if (!(await copied(button.dataset.text))) return;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = before), 2000);
}

async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const area = document.body.appendChild(document.createElement("textarea"));
  area.value = text;
  area.select();
  const done = document.execCommand("copy"); // the only way on a page without https
  area.remove();
  return done;
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

let questions = 0;

function arrange() {
  const texts = find(".brand");
  if (texts) name(texts);
  all("#chat [data-testid][aria-label]").forEach((message) => message.removeAttribute("aria-label"));
  arrangeQuestions();
  openSources();
  tellFailure(texts);
}

function name(texts) {
  document.documentElement.lang = texts.lang;
  if (document.title !== texts.textContent) document.title = texts.textContent;
  find("#chat [role=log]")?.setAttribute("aria-label", texts.dataset.conversation);
  find("#language")?.setAttribute("aria-label", texts.dataset.language);
}

function arrangeQuestions() {
  const rows = all("#chat .user-row");
  const isNew = rows.length > questions;
  questions = rows.length;
  if (!isNew) return;
  find("#failure")?.remove();
  all(".source[open]").forEach((card) => (card.open = false));
  if (TOUCH.matches) document.activeElement?.blur(); // puts the keyboard away
  rows.at(-1).scrollIntoView({ block: "start", behavior: motion() });
}

function openSources() {
  const latest = all("#chat .turn").at(-1);
  if (!latest || latest.dataset.seen || !WIDE.matches) return;
  latest.dataset.seen = "yes";
  all(".source", latest).forEach((card) => (card.open = true));
}

function tellFailure(texts) {
  const errors = all(":is(.toast-body.error, [data-testid=status-tracker] .error):not([data-told])");
  if (!errors.length || !texts) return;
  errors.forEach((error) => (error.dataset.told = "yes"));
  all("#chat [aria-busy=true]").forEach((turn) => turn.removeAttribute("aria-busy"));
  all("#chat .waiting").forEach((line) => (line.hidden = true));
  const words = { id: "failure", textContent: texts.dataset.unreachable, role: "alert" };
  find("#failure")?.remove();
  find("#composer").before(Object.assign(document.createElement("p"), words));
}

new MutationObserver(arrange).observe(document.documentElement, { childList: true, subtree: true });
arrange();
