import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

interface Box {
  readonly width: number;
  readonly height: number;
}

/** Follows the size of an element, in pixels. */
export function useBox(element: { readonly current: HTMLElement | null }): Box {
  const box = useSignal<Box>({ width: 1_000, height: 800 });
  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) box.value = { width: entry.contentRect.width, height: entry.contentRect.height };
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return box.value;
}
