/** True once something has lasted long enough to be worth showing. */
import { useEffect, useState } from "preact/hooks";

const WORTH_SHOWING = 150;

/** @param {boolean} lasting */
export function useLate(lasting) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!lasting) return undefined;
    const timer = setTimeout(() => setLate(true), WORTH_SHOWING);
    return () => clearTimeout(timer);
  }, [lasting]);
  return lasting && late;
}
