import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** As the style sheet has it. */
const NARROW = '(max-width: 719px)';

export function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}

/** The same for what is laid out anew when the window changes. */
export function useIsNarrow(): boolean {
  const is = useSignal(isNarrow());
  useEffect(() => {
    const query = matchMedia(NARROW);
    const look = (): void => {
      is.value = query.matches;
    };
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return is.value;
}
