// Shows the turns one after the other. Gradio would patch the old page into the new one and so close every passage
// that the reader has opened; a turn that stays the same is left alone here.
const log = element.querySelector('[role="log"]');
const shown = [];

function show() {
  const turns = props.value || [];
  let newest = null;
  turns.forEach((html, place) => {
    if (shown[place] === html) return;
    const holder = document.createElement('div');
    holder.innerHTML = html;
    newest = holder.firstElementChild;
    if (log.children[place]) log.children[place].replaceWith(newest);
    else log.appendChild(newest);
    shown[place] = html;
  });
  while (log.children.length > turns.length) log.lastElementChild.remove();
  shown.length = turns.length;
  if (newest) newest.scrollIntoView({ block: 'start' });
}

// A number leads to its passage and opens it; the address stays, so the page isn't loaded again.
log.addEventListener('click', (event) => {
  const link = event.target.closest('a.reference');
  if (!link) return;
  event.preventDefault();
  const source = document.getElementById(link.hash.slice(1));
  source.open = true;
  source.firstElementChild.focus();
});

watch('value', show);
show();
