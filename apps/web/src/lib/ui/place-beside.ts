const GAP = 6;
const MARGIN = 8;

/**
 * Puts what a button has opened below it, or above it where there is more room, with one edge under the button's and
 * never beyond the window.
 */
export const placeBeside = (button: HTMLElement, box: HTMLElement, edge: 'left' | 'right') => {
  const { top, bottom, left, right } = button.getBoundingClientRect();
  const { offsetWidth, scrollHeight } = box;
  const [above, below] = [top - GAP - MARGIN, innerHeight - bottom - GAP - MARGIN];
  const isAbove = scrollHeight > below && above > below;
  const height = Math.min(
    scrollHeight + box.offsetHeight - box.clientHeight,
    isAbove ? above : below,
  );
  const wanted = edge === 'left' ? left : right - offsetWidth;
  box.style.maxHeight = `${isAbove ? above : below}px`;
  box.style.top = `${isAbove ? top - GAP - height : bottom + GAP}px`;
  box.style.left = `${Math.max(MARGIN, Math.min(wanted, innerWidth - MARGIN - offsetWidth))}px`;
};
