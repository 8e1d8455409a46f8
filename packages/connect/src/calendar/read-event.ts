import type { CalendarEntry, CalendarKind } from '@vaxel/core'

const longest = 120
/** What is looked at of a value: long addresses of meetings, and a title after them. */
const mostSigns = 4000

/** The value of the first line with this name, unescaped (RFC 5545 §3.3.11). */
export function valueOf(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((one) => isNamed(one, name))
  return line === undefined ? undefined : line.slice(valueAt(line))
}

export const isNamed = (line: string, name: string): boolean =>
  line.slice(0, name.length).toUpperCase() === name && /[;:]/.test(line.charAt(name.length))

/** Parameters may hold colons within quotes. */
function valueAt(line: string): number {
  let isQuoted = false
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') isQuoted = !isQuoted
    else if (line[i] === ':' && !isQuoted) return i + 1
  }
  return line.length
}

/**
 * What an event says of its owner; undefined when it keeps them free: cancelled, declined, or shown as free.
 * @param owner addresses of the owner, lower case
 */
export function kindOf(lines: readonly string[], owner: readonly string[]): CalendarKind | undefined {
  const status = valueOf(lines, 'STATUS')?.trim().toUpperCase()
  const shown = valueOf(lines, 'X-MICROSOFT-CDO-BUSYSTATUS')?.trim().toUpperCase()
  const part = participation(lines, owner)
  if (status === 'CANCELLED' || part === 'DECLINED' || shown === 'FREE') return undefined
  if (shown === 'OOF') return 'out'
  if (shown === 'WORKINGELSEWHERE') return 'elsewhere'
  if (valueOf(lines, 'TRANSP')?.trim().toUpperCase() === 'TRANSPARENT') return undefined
  const isOpen = status === 'TENTATIVE' || shown === 'TENTATIVE' || part === 'TENTATIVE' || part === 'NEEDS-ACTION'
  return isOpen ? 'tentative' : 'busy'
}

/** What the owner answered to an invitation (RFC 5545 §3.2.12). */
function participation(lines: readonly string[], owner: readonly string[]): string | undefined {
  for (const line of lines) {
    if (!isNamed(line, 'ATTENDEE')) continue
    const at = valueAt(line)
    if (
      owner.includes(
        line
          .slice(at)
          .trim()
          .replace(/^mailto:/i, '')
          .toLowerCase(),
      )
    )
      return /;PARTSTAT="?([A-Z-]+)/i.exec(line.slice(0, at))?.[1]?.toUpperCase()
  }
  return undefined
}

/** Title, place, and whether others may know them. */
export function textsOf(lines: readonly string[]): Pick<CalendarEntry, 'isPrivate' | 'title' | 'place'> {
  const privacy = valueOf(lines, 'CLASS')?.trim().toUpperCase() ?? 'PUBLIC'
  const title = plain(valueOf(lines, 'SUMMARY'))
  const place = plain(valueOf(lines, 'LOCATION'))
  return {
    // Whatever is not known to be public is private (RFC 5545 §3.8.1.3).
    ...(privacy === 'PUBLIC' ? {} : { isPrivate: true as const }),
    ...(title === undefined ? {} : { title }),
    ...(place === undefined ? {} : { place }),
  }
}

/** One line that can stand beside a name. Addresses of online meetings are left out: whoever has one can join. */
function plain(value: string | undefined): string | undefined {
  // Each pattern is linear: a scheme has an end, and blanks at the end are looked at from their first sign on only.
  const text = value
    ?.slice(0, mostSigns)
    .toWellFormed()
    .replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (/[nN]/.test(sign) ? ' ' : sign))
    .replaceAll(/[a-z][a-z0-9+.-]{0,30}:\/\/\S+/gi, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ')
    .replaceAll(/(?:^[\s;,|/-]+)|(?:(?<![\s;,|/-])[\s;,|/-]+$)/g, '')
  if (text === undefined || text === '') return undefined
  return text.length <= longest ? text : `${[...text].slice(0, longest / 2 - 1).join('')}…`
}
