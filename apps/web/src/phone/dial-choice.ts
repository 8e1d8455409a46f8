import type { Callable } from './find-callable.ts'

/** Whether a text can be dialled as it is: a number in any of its forms, or an address. */
export const isDialable = (text: string): boolean =>
  /^[+0-9*#()\s./-]+$/.test(text.trim()) || /^\S+@\S+$/.test(text.trim())

/**
 * Who is called when somebody presses Enter: what was typed where it can be dialled, else the person at the arrow keys' place.
 * @param at place in `found`; undefined: none was chosen, the first counts for a name
 */
export function choose(
  text: string,
  found: readonly Callable[],
  at: number | undefined,
): { readonly number: string; readonly name?: string } | undefined {
  const chosen = at === undefined ? undefined : found[at]
  if (chosen) return { number: chosen.number, name: chosen.name }
  if (isDialable(text)) return { number: text.trim() }
  const [first] = found
  return first && { number: first.number, name: first.name }
}
