/** What a file of tests finds: the page as it was opened. The files share it, since loading its modules takes long. */
document.adoptedStyleSheets = [];
document.body.replaceChildren();
for (const name of document.body.getAttributeNames()) document.body.removeAttribute(name);
for (const name of document.documentElement.getAttributeNames()) document.documentElement.removeAttribute(name);
document.title = "";
localStorage.clear();
sessionStorage.clear();
history.replaceState(null, "", location.pathname + location.search);
