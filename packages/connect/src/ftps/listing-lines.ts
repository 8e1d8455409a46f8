import type { SeenFile } from '@vaxel/core'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const halfYearMs = 183 * 86_400_000
const two = (value: number): string => String(value).padStart(2, '0')

/** A time as MDTM and MLSD write it, in UTC (RFC 3659 §2.3). @example timeValue(0) // '19700101000000' */
export function timeValue(ms: number): string {
  const at = new Date(ms)
  const date = `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}`
  return `${date}${two(at.getUTCHours())}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}`
}

/** Facts of MLSD and MLST that clients may choose from, all of them shown unless they do. */
export const factNames = ['type', 'size', 'modify', 'perm'] as const
export type FactName = (typeof factNames)[number]

/** One line of MLSD without its end (RFC 3659 §7). Nothing may be written, so a file has `r` and a folder `el`. */
export function factLine(seen: SeenFile, name: string, facts: ReadonlySet<FactName>): string {
  const { kind, sizeBytes, changedAtMs } = seen
  const values: Readonly<Record<FactName, string | undefined>> = {
    type: kind === 'folder' ? 'dir' : 'file',
    size: kind === 'folder' ? undefined : String(sizeBytes),
    modify: timeValue(changedAtMs),
    perm: kind === 'folder' ? 'el' : 'r',
  }
  const shown = factNames.flatMap((fact) =>
    facts.has(fact) && values[fact] !== undefined ? [`${fact}=${values[fact]};`] : [],
  )
  return `${shown.join('')} ${name}`
}

/** One line of LIST, as `ls -l` writes it: what every program takes. Times are UTC. */
export function longLine({ name, kind, sizeBytes, changedAtMs }: SeenFile, nowMs: number): string {
  const at = new Date(changedAtMs)
  const isRecent = changedAtMs <= nowMs + 86_400_000 && nowMs - changedAtMs < halfYearMs
  const tail = isRecent ? `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}` : ` ${at.getUTCFullYear()}`
  const day = String(at.getUTCDate()).padStart(2)
  const rights = kind === 'folder' ? 'dr-xr-xr-x' : '-r--r--r--'
  return `${rights}   1 vaxel    vaxel    ${String(sizeBytes).padStart(12)} ${months[at.getUTCMonth()]} ${day} ${tail} ${name}`
}
