// Shows a trace. Gradio would patch the old one into the new one and so leave rows open that are of something else now;
// here each is put up anew: a sentence that is read aloud as it changes, and what it speaks of.
const [said, trace] = element.querySelectorAll('.said, .trace');

function show() {
  const [sentence, html] = props.value || [];
  said.innerHTML = sentence || '';
  trace.innerHTML = html || '';
  trace.querySelector('[data-focus]')?.focus();
  // Gradio gives its groups of choices no name that a screen reader could tell.
  document.querySelectorAll('fieldset.trace-choice').forEach((group) => {
    group.setAttribute('aria-label', group.querySelector('[data-testid="block-info"]')?.textContent.trim() || '');
  });
}

function showMore(button) {
  const hidden = [...trace.querySelectorAll('[data-item][hidden]')];
  hidden.slice(0, Number(button.dataset.more)).forEach((row) => { row.hidden = false; });
  const left = hidden.length - Number(button.dataset.more);
  if (left > 0) button.querySelector('[data-left]').textContent = left.toLocaleString('en-GB');
  else button.remove();
  // The keyboard goes on at the first of those that have come.
  hidden[0].tabIndex = -1;
  hidden[0].focus();
}

function open(button) {
  trace.querySelectorAll('[aria-current]').forEach((other) => other.removeAttribute('aria-current'));
  button.setAttribute('aria-current', 'true');
  trigger('click', { ...button.dataset });
}

function back(to) {
  (to.querySelector('[aria-current]') || to.querySelector('[data-open]'))?.focus();
}

element.addEventListener('click', (event) => {
  const pressed = event.target.closest('[data-open], [data-more], [data-back]');
  if (!pressed) return;
  event.preventDefault();
  if ('open' in pressed.dataset) open(pressed);
  else if ('more' in pressed.dataset) showMore(pressed);
  else back(document.getElementById(pressed.dataset.back));
});

watch('value', show);
show();
