const deepest = 20
const item =
  /^(?:[A-Za-z0-9][A-Za-z0-9.;-]*(?::dn)?(?::[A-Za-z0-9.-]+)?:=|:(?:dn:)?[A-Za-z0-9.-]+:=|[A-Za-z0-9][A-Za-z0-9.;-]*(?:~=|>=|<=|=))/
const value = /^(?:[^()\\\0]|\\[0-9A-Fa-f]{2})*/

/**
 * What is wrong with a filter (RFC 4515 §3), with the place; undefined for a right one.
 * @example filterMistake('(&(mail=*)(cn=a)') // 'ends before a bracket is closed'
 */
export function filterMistake(text: string): string | undefined {
  if (!text.startsWith('(')) return 'must begin with a bracket: (objectClass=person)'
  const end = readFilter(text, 0, 0)
  if (typeof end === 'string') return end
  return end === text.length ? undefined : `has something behind its last bracket, at character ${end + 1}`
}

/** @returns where it ends, or what is wrong */
function readFilter(text: string, at: number, depth: number): number | string {
  if (depth > deepest) return `has more than ${deepest} brackets inside each other`
  if (at >= text.length) return 'ends before a bracket is closed'
  if (text[at] !== '(') return `needs an opening bracket at character ${at + 1}`
  const kind = text[at + 1]
  const inside =
    kind === '&' || kind === '|' || kind === '!' ? readMany(text, at + 2, depth, kind) : readItem(text, at + 1)
  if (typeof inside === 'string') return inside
  if (inside >= text.length) return 'ends before a bracket is closed'
  return text[inside] === ')'
    ? inside + 1
    : `has a character that must be written as \\28, \\29, \\2a or \\5c, or a bracket too few, at character ${inside + 1}`
}

function readMany(text: string, from: number, depth: number, kind: string): number | string {
  let at = from
  let count = 0
  while (at < text.length && text[at] !== ')' && !(kind === '!' && count === 1)) {
    const end = readFilter(text, at, depth + 1)
    if (typeof end === 'string') return end
    at = end
    count++
  }
  return count === 0 ? `has nothing behind ${kind} at character ${from}` : at
}

function readItem(text: string, from: number): number | string {
  const rest = text.slice(from)
  const head = item.exec(rest)
  if (!head) return `needs an attribute and = at character ${from + 1}`
  const said = value.exec(rest.slice(head[0].length))
  return from + head[0].length + (said?.[0].length ?? 0)
}
