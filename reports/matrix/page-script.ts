/** Runs in the page: areas open and close. Without it all of them are open. */
export function pageScript(): void {
  for (const area of document.querySelectorAll('tbody.area')) {
    const button = area.querySelector('button');
    if (button === null) continue;
    const rows = [...area.querySelectorAll('tr.row')];
    const show = (isOpen: boolean): void => {
      button.setAttribute('aria-expanded', String(isOpen));
      for (const row of rows) row.toggleAttribute('hidden', !isOpen);
    };
    button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
    show(false);
  }
  const all = document.querySelector<HTMLButtonElement>('#all');
  if (all === null) return;
  let isOpen = false;
  all.hidden = false;
  all.addEventListener('click', () => {
    isOpen = !isOpen;
    all.textContent = isOpen ? 'Close all areas' : 'Open all areas';
    for (const button of document.querySelectorAll('tbody.area button')) {
      if ((button.getAttribute('aria-expanded') === 'true') !== isOpen && button instanceof HTMLElement) button.click();
    }
  });
}
