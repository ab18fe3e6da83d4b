/* Draws the board again when the log has grown, and tells where the slider of a page stands.
   Without this script every page is complete as it is. */
"use strict";
(() => {
  const place = document.getElementById("place");
  const placed = document.getElementById("placed");
  if (place && placed) {
    place.addEventListener("input", () => { placed.textContent = place.value; });
  }

  const here = document.getElementById("main");
  const said = document.getElementById("live");
  if (!here || !said || !window.EventSource) return;
  let seen = said.dataset.seen;
  let events = null;
  let waiting = false;

  const name = (one) => one.id || one.getAttribute("href");
  const find = (wanted) =>
    wanted && [...here.querySelectorAll("[id], a[href]")].find((one) => name(one) === wanted);

  const swap = (drawn) => {
    const open = [...here.querySelectorAll("details[open]")].map((one) => one.id);
    const held = here.contains(document.activeElement) ? document.activeElement : null;
    const focus = held && held.tagName === "SUMMARY" ? held.parentElement.id : held && name(held);
    const [left, top] = [window.scrollX, window.scrollY];
    here.replaceChildren(...drawn.childNodes);
    for (const id of open) {
      const again = document.getElementById(id);
      if (again) again.open = true;
    }
    const found = held === here ? here : find(focus);
    const target = found && found.tagName === "DETAILS" ? found.querySelector("summary") : found;
    if (held) (target || here).focus({ preventScroll: true });
    window.scrollTo(left, top);
  };

  const rest = () => {
    if (events) events.close();
    events = null;
  };

  const end = () => {
    rest();
    document.removeEventListener("visibilitychange", turn);
    said.textContent = said.dataset.ended;
  };

  const look = async () => {
    waiting = false;
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
    if (!answer.ok) return end();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const whose = page.getElementById("live");
    if (!whose || whose.dataset.of !== said.dataset.of) return location.reload();  // signed in anew
    const drawn = page.getElementById("main");
    if (!drawn || drawn.innerHTML === here.innerHTML) return;
    swap(drawn);
    said.textContent = "";
    setTimeout(() => { said.textContent = said.dataset.changed; }, 100);
  };

  const follow = () => {
    events = new EventSource("live?seen=" + seen);
    events.addEventListener("change", (event) => {
      seen = event.data;
      if (waiting) return;
      waiting = true;
      setTimeout(() => look().catch(end), 100);
    });
    events.addEventListener("error", (event) => {
      if (event.target.readyState === EventSource.CLOSED) end();
    });
  };

  // A browser has six lines to one place: six boards in the background would keep it to themselves.
  const turn = () => {
    if (document.hidden) rest();
    else if (!events) follow();
  };
  document.addEventListener("visibilitychange", turn);
  turn();
})();
