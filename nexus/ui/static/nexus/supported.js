// Tells govuk-frontend that it may run. It stands first in the body so that nothing jumps.
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
