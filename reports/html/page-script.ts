/**
 * The only script of the page: search, filters, and links into folded parts. It reads nothing but the page, and the page reads without it.
 * Written as a function, so that it is typed and linted; `report.ts` puts its source into the page and its hash into the policy.
 */
export function pageScript(): void {
  const form = document.querySelector<HTMLFormElement>('#search');
  const query = document.querySelector<HTMLInputElement>('#q');
  const area = document.querySelector<HTMLSelectElement>('#area');
  const level = document.querySelector<HTMLSelectElement>('#level');
  const shown = document.querySelector('#shown');
  const none = document.querySelector<HTMLElement>('#no-check');
  if (form === null || query === null || area === null || level === null || shown === null || none === null) return;
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=outcome]')];
  const lists = [...document.querySelectorAll<HTMLDetailsElement>('#checks details.list')];
  const wasOpen = lists.map((list) => list.open);
  const rows = lists.map((list) => [...list.querySelectorAll<HTMLDetailsElement>('details.check')]);
  const texts = new Map<Element, string>();
  const textOf = (row: Element): string => {
    const known = texts.get(row) ?? row.textContent.toLowerCase();
    texts.set(row, known);
    return known;
  };

  const apply = (): void => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const outcomes = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const isFiltered = words.length > 0 || area.value !== '' || level.value !== '' || outcomes.size < boxes.length;
    let count = 0;
    let total = 0;
    for (const [position, list] of lists.entries()) {
      let own = 0;
      for (const row of rows[position] ?? []) {
        const { outcome = '', area: rowArea, level: rowLevel } = row.dataset;
        const fits =
          outcomes.has(outcome) &&
          (area.value === '' || area.value === rowArea) &&
          (level.value === '' || level.value === rowLevel) &&
          words.every((word) => textOf(row).includes(word));
        row.hidden = !fits;
        own += Number(fits);
        total += 1;
      }
      list.hidden = own === 0;
      list.open = isFiltered ? own > 0 : wasOpen[position] === true;
      count += own;
    }
    none.hidden = count > 0;
    shown.textContent = isFiltered ? `${count} of ${total} checks` : `${total} checks`;
  };

  const reveal = (): void => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null) return;
    const show = (): void => {
      for (let part: Element | null = target; part !== null; part = part.parentElement) {
        if (part instanceof HTMLDetailsElement) part.open = true;
      }
      target.scrollIntoView();
      if (target instanceof HTMLDetailsElement) target.querySelector('summary')?.focus({ preventScroll: true });
    };
    if (target.closest('[hidden]') === null) return show();
    form.reset();
    // After the filters were applied, which folds the lists.
    setTimeout(show);
  };

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The fields have their old values until the event is over.
  form.addEventListener('reset', () => setTimeout(apply));
  addEventListener('hashchange', reveal);
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null;
    const { outcome, area: wanted } = link?.dataset ?? {};
    if (outcome === undefined && wanted === undefined) return;
    form.reset();
    if (wanted !== undefined) area.value = wanted;
    if (outcome !== undefined) for (const box of boxes) box.checked = box.value === outcome;
    // After the reset's own.
    setTimeout(apply);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    query.focus();
  });
  apply();
  reveal();
}
