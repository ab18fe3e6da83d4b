/* Draws the board again when the log has grown, and shows the position of a page's slider.
   Without this script every page is complete as it is. */
"use strict";
(() => {
  const slider = document.getElementById("place");
  const position = document.getElementById("placed");
  if (slider && position) {
    slider.addEventListener("input", () => { position.textContent = slider.value; });
  }

  const main = document.getElementById("main");
  const status = document.getElementById("live");
  if (!main || !status || !window.EventSource) return;
  let seen = status.dataset.seen;
  let events = null;
  let waiting = false;

  const name = (element) => element.id || element.getAttribute("href");
  const find = (wanted) =>
    wanted && [...main.querySelectorAll("[id], a[href]")].find((each) => name(each) === wanted);

  const swap = (drawn) => {
    const open = [...main.querySelectorAll("details[open]")].map((details) => details.id);
    const focused = main.contains(document.activeElement) ? document.activeElement : null;
    const inSummary = focused && focused.tagName === "SUMMARY";
    const wanted = inSummary ? focused.parentElement.id : focused && name(focused);
    const [left, top] = [window.scrollX, window.scrollY];
    main.replaceChildren(...drawn.childNodes);
    for (const id of open) {
      const details = document.getElementById(id);
      if (details) details.open = true;
    }
    const match = focused === main ? main : find(wanted);
    const target = match && match.tagName === "DETAILS" ? match.querySelector("summary") : match;
    if (focused) (target || main).focus({ preventScroll: true });
    window.scrollTo(left, top);
  };

  const rest = () => {
    if (events) events.close();
    events = null;
  };

  const end = () => {
    rest();
    document.removeEventListener("visibilitychange", turn);
    status.textContent = status.dataset.ended;
  };

  const look = async () => {
    waiting = false;
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
    if (!answer.ok) return end();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const newest = page.getElementById("live");
    // Somebody else may have signed in since.
    if (!newest || newest.dataset.of !== status.dataset.of) return location.reload();
    const drawn = page.getElementById("main");
    if (!drawn || drawn.innerHTML === main.innerHTML) return;
    swap(drawn);
    status.textContent = "";
    setTimeout(() => { status.textContent = status.dataset.changed; }, 100);
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

  // A browser opens six connections to a host: six boards in the background would use them all.
  const turn = () => {
    if (document.hidden) rest();
    else if (!events) follow();
  };
  document.addEventListener("visibilitychange", turn);
  turn();
})();
