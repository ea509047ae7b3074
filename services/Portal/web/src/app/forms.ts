import { every } from '../dom';

/** Documents print themselves. */
export function offerPrinting(): void {
  for (const button of every('[data-print]')) {
    button.hidden = false;
    button.parentElement?.querySelector('[data-unprint]')?.remove();
    button.addEventListener('click', () => print());
  }
}

/** The summary of refusals is where the eye and the screen reader should be. */
export function focusOnRefusals(): void {
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** A button pressed twice sends once. */
export function sendOnce(): void {
  for (const form of every<HTMLFormElement>('form[method=post]'))
    form.addEventListener('submit', (event) => {
      // Held back while there is no connection: it has not been sent.
      if (event.defaultPrevented) return;
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    });
  // The back button may show the page as it was left.
  addEventListener('pageshow', () => {
    for (const form of every('form[data-sent]')) delete form.dataset.sent;
  });
}

/** All lines of a table at once. */
export function tickAll(): void {
  for (const all of every<HTMLInputElement>('table[data-choose] [data-all]')) {
    const lines = all.closest('table')?.tBodies[0];
    if (!lines) continue;
    all.hidden = false;
    all.addEventListener('change', () => {
      for (const box of every<HTMLInputElement>('input[type=checkbox]', lines)) box.checked = all.checked;
    });
  }
}
