// Gradio gives its accordion no state and its group of boxes no name that a screen reader could tell, and it makes
// what is in the accordion only when it is first opened. It may also draw the whole accordion anew while the page
// loads; so what is watched is the page, not the accordion.
() => {
  const tell = () => {
    const button = document.querySelector('#filters button');
    button?.setAttribute('aria-expanded', String(button.classList.contains('open')));
    button?.querySelector('.icon')?.setAttribute('aria-hidden', 'true');
    document.querySelector('#filters #kinds')?.setAttribute('aria-label', 'Kinds of paper');
  };
  new MutationObserver(tell).observe(document.body, {
    attributes: true, attributeFilter: ['class'], childList: true, subtree: true,
  });
  tell();
}
