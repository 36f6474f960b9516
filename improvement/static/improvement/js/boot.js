// First in body, before anything is drawn. Tells the style sheet that JavaScript works.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
// Whoever came by the skip link has its fragment in the address. A form would send it along, its answer inherit it, and
// the browser then take the focus away from what went wrong, or from that it is done.
addEventListener("submit", ({ target }) => {
  if (!target.getAttribute("action")) target.setAttribute("action", location.pathname + location.search);
});
