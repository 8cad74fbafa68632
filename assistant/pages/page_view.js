// Shows the page that is opened, keeps the focus where the reader has it, and gives it back when the page is closed.
const said = element.querySelector('[role="status"]');
const place = element.querySelector('section');
let opener = null;
let turning = null;
let large = false;
let waiting = 0;

function toMark() {
  const frame = place.querySelector('.frame');
  const mark = place.querySelector('.marked');
  if (!frame || !mark) return;
  const [outer, inner] = [frame.getBoundingClientRect(), mark.getBoundingClientRect()];
  frame.scrollTop += inner.top - outer.top - frame.clientHeight / 3;
  frame.scrollLeft += inner.left - outer.left - frame.clientWidth / 4;
}

// The page gets its size late (the columns take their places when it is shown), and another one when it is enlarged.
const resized = new ResizeObserver(toMark);

function enlarge() {
  place.querySelector('.frame')?.classList.toggle('large', large);
  place.querySelector('button.larger')?.setAttribute('aria-pressed', String(large));
}

function remember() {
  if (!place.contains(document.activeElement)) opener = document.activeElement;
}

function lead() {
  place.querySelector('h2')?.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'nearest' });
  said.textContent = '';
  // Where the page is higher than the screen; after the frame has been scrolled.
  requestAnimationFrame(() => setTimeout(() => place.querySelector('.marked')?.scrollIntoView({ block: 'nearest' })));
}

function arrived() {
  clearTimeout(waiting);
  place.ariaBusy = null;
}

function show() {
  const html = props.value || '';
  arrived();
  remember();
  resized.disconnect();
  place.innerHTML = html;
  place.hidden = !html;
  if (!html) return;
  enlarge();
  const sheet = place.querySelector('.sheet');
  if (sheet) resized.observe(sheet);
  if (turning) {
    const title = place.querySelector('h2');
    const button = [...place.querySelectorAll('button.turn')].find((each) => each.textContent === turning);
    (button || title).focus({ preventScroll: true });
    said.textContent = place.querySelector('.tools').dataset.said || title.textContent;
  } else {
    lead();
  }
  turning = null;
}

function close() {
  turning = null;
  trigger('close');
  place.hidden = true;
  if (opener?.isConnected) opener.focus();
}

place.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button || button.ariaDisabled === 'true') return;
  if (button.matches('.close')) close();
  if (button.matches('.turn')) {
    turning = button.textContent;
    trigger('turn', { page: Number(button.dataset.page) });
  }
  if (button.matches('.larger')) {
    large = !large;
    enlarge();
  }
});

place.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') close();
});

// Most pages are there before anybody could wonder; only of one that isn't it is said that it will come.
place.addEventListener('opening', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    said.textContent = 'Opening the page…';
    place.ariaBusy = 'true';
    if (!place.hidden) return;
    place.innerHTML = '<p class="opening">Opening the page…</p>';
    place.hidden = false;
  }, 400);
});

// A place that is opened a second time changes nothing, but whoever opens it wants to be led there again.
place.addEventListener('opened', () => {
  arrived();
  if (place.hidden) return;
  remember();
  lead();
  toMark();
});

watch('value', show);
show();
