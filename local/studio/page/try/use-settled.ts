import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** A value once it has stayed the same for a while: a question isn't asked with every key. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const settled = useSignal(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      settled.value = value;
    }, milliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return settled.value;
}
