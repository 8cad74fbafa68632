// Which view is open stands in the address, so that it can be kept as a bookmark and the browser's own back and forward
// work. A trace is made when its view is first opened; what is said of the library, and the list of its papers, is told
// each time.
const TRACES = ['findings', 'promises', 'figures'];
const AGAIN = ['ask', 'library'];
const links = [...element.querySelectorAll('a[data-view]')];
const names = links.map((link) => link.dataset.view);
const filled = new Set();

function open(name) {
  const views = document.querySelector('#views');
  // Gradio draws the page in steps; the views may come after this.
  if (!views) { requestAnimationFrame(() => open(name)); return; }
  const before = views.dataset.view;
  views.dataset.view = name;
  links.forEach((link) => {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  if (TRACES.includes(name) && !filled.has(name)) {
    filled.add(name);
    trigger(name);
  }
  if (AGAIN.includes(name) && before && before !== name) trigger(name);
}

function go() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (names.includes(wanted)) { open(wanted); return; }
  // A place within a view, such as a section of “About”.
  if (!wanted) { open(names[0]); return; }
  const place = document.getElementById(wanted);
  const view = place?.closest('.view')?.id.replace('view-', '');
  open(view || document.querySelector('#views')?.dataset.view || names[0]);
  if (view) place.scrollIntoView();
}

element.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  location.hash = names[0];
  open(names[0]);
  document.querySelector('#question textarea').focus();
});
// Whoever follows a subject from an answer opens the view with it, not empty.
window.addEventListener('followed', (event) => { filled.add(event.detail); location.hash = event.detail; });
window.addEventListener('hashchange', () => {
  go();
  window.scrollTo(0, 0);
});
// 'ask', 'findings', 'promises', 'figures' and 'library' are events of this element.
go();
