// First in body, before anything is drawn: tells the style sheet that JavaScript works.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
