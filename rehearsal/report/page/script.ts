import type { PageData, PageState } from "./data";
import { html } from "./markup";
import { renderJourney, renderState } from "./path";

/** What the page does when a failure, a journey or a hop is picked. Runs in the browser. */
const data = JSON.parse(byId("page-data").textContent) as PageData;
const [failure, second] = [byId("failure") as HTMLSelectElement, byId("second") as HTMLSelectElement];
const [stateArea, pathArea, said] = [byId("state"), byId("path"), byId("hop-said")];

failure.addEventListener("change", () => {
  offerSecond();
  show();
});
second.addEventListener("change", show);
for (const radio of document.querySelectorAll("input[name=journey]")) radio.addEventListener("change", show);
pathArea.addEventListener("click", (event) => {
  const hop = (event.target as Element).closest<HTMLElement>(".hop");
  if (hop !== null) pick(hop);
});
pathArea.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const hops = [...pathArea.querySelectorAll<HTMLElement>(".hop")];
  const next = hops[hops.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  pick(next);
});
for (const drawing of document.querySelectorAll(".drawing"))
  drawing.addEventListener("click", (event) => {
    const part = (event.target as Element).closest<HTMLElement>("[data-part]")?.dataset["part"];
    const hop = [...pathArea.querySelectorAll<HTMLElement>(".hop")].find((one) =>
      partsOf(one).includes(part ?? ""),
    );
    if (hop === undefined) return;
    hop.scrollIntoView({ block: "nearest" });
    pick(hop);
  });
show();
fold();
new ResizeObserver(tellOfScrolling).observe(document.body);

function tellOfScrolling(): void {
  byId("scrolls").hidden = [...document.querySelectorAll(".drawing")].every(
    ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth,
  );
}

/** A phone shows the titles of long sections; a link opens its section, and paper has them all. */
function fold(): void {
  const folds = [...document.querySelectorAll<HTMLDetailsElement>("details.fold")];
  if (matchMedia("(max-width: 44rem)").matches) for (const one of folds) one.open = false;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("nav a"))
    link.addEventListener("click", () => {
      const one = document.querySelector<HTMLDetailsElement>(`${link.hash} > details.fold`);
      if (one !== null) one.open = true;
    });
  addEventListener("beforeprint", () => {
    for (const one of folds) one.open = true;
  });
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** What may fail together with what is picked. */
function offerSecond(): void {
  const picked = failure.value;
  const others = Object.keys(data.states).flatMap((name) => {
    const parts = name.split("+");
    return parts.length === 2 && parts.includes(picked) ? parts.filter((part) => part !== picked) : [];
  });
  second.disabled = others.length === 0;
  second.innerHTML = html`<option value="">Nothing else</option>
    ${others.map((name) => html`<option value="${name}">${data.states[name]?.title}</option>`)}`.html;
}

function shown(): PageState | undefined {
  const [one, other] = [failure.value, second.value];
  return data.states[other === "" ? one : `${one}+${other}`] ?? data.states[`${other}+${one}`];
}

function show(): void {
  const state = shown();
  if (state === undefined) return;
  const chosen = document.querySelector<HTMLInputElement>("input[name=journey]:checked");
  stateArea.innerHTML = renderState(state).html;
  pathArea.innerHTML = renderJourney(data, state.journeys[Number(chosen?.value ?? 0)]).html;
  said.textContent = "";
  for (const part of document.querySelectorAll<SVGElement>("[data-part]")) {
    const { part: id = "", tunnel = "" } = part.dataset;
    const failed = state.failed.includes(id);
    part.classList.toggle("failed", failed);
    part.classList.toggle("carries", !failed && state.carriers.includes(tunnel));
    part.classList.remove("at");
  }
}

function partsOf(hop: HTMLElement): readonly string[] {
  return data.hops[Number(hop.dataset["hop"])]?.parts ?? [];
}

function pick(hop: HTMLElement): void {
  const parts = partsOf(hop);
  for (const other of pathArea.querySelectorAll(".hop"))
    other.setAttribute("aria-pressed", String(other === hop));
  for (const part of document.querySelectorAll<SVGElement>("[data-part]"))
    part.classList.toggle("at", parts.includes(part.dataset["part"] ?? ""));
  const { name, rule } = data.hops[Number(hop.dataset["hop"])] ?? { name: "", rule: "" };
  said.textContent = `${name}: ${rule}`;
}
