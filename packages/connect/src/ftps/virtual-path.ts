/** Longest path that is looked at, in characters. */
const mostLength = 1024
const mostNames = 32

/**
 * Where a path of a command leads, as names from the root on. `..` at the root stays there: nothing is above it.
 * Undefined for what no entry can be called: control characters, backslashes, too long.
 * @param from where the client stands
 * @example resolvePath(['2026', '11'], '../05/x.wav') // ['2026', '05', 'x.wav']
 */
export function resolvePath(from: readonly string[], path: string): readonly string[] | undefined {
  // oxlint-disable-next-line no-control-regex -- it is about them
  if (path.length > mostLength || /[\u0000-\u001f\u007f\\]/.test(path)) return undefined
  const names = path.startsWith('/') ? [] : [...from]
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue
    if (name === '..') names.pop()
    else names.push(name)
  }
  return names.length > mostNames ? undefined : names
}

/** @example showPath(['2026', '11']) // '/2026/11' */
export const showPath = (names: readonly string[]): string => `/${names.join('/')}`

/** A path between quotation marks, those in it doubled (RFC 959 appendix II). */
export const quotedPath = (names: readonly string[]): string => `"${showPath(names).replaceAll('"', '""')}"`
