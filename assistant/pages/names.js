// Gradio gives its accordion no state and its group of boxes no name that a screen reader could tell, and it makes
// what is in the accordion only when it is first opened.
() => {
  const filters = document.querySelector('#filters');
  const tell = () => {
    const button = filters.querySelector('button');
    button.setAttribute('aria-expanded', String(button.classList.contains('open')));
    button.querySelector('.icon')?.setAttribute('aria-hidden', 'true');
    filters.querySelector('#kinds')?.setAttribute('aria-label', 'Kinds of paper');
  };
  new MutationObserver(tell).observe(filters, {
    attributes: true, attributeFilter: ['class'], childList: true, subtree: true,
  });
  tell();
}
