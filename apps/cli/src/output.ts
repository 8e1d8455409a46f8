/** Where a command writes; tests give their own. */
export interface Output {
  /** One line, or several, to standard output. */
  line(text: string): void
  /** To standard error. */
  note(text: string): void
}

/** Columns as wide as their widest cell; what a name has in it of control characters and line ends makes no line of its own. */
export function table(headings: readonly string[], texts: readonly (readonly string[])[]): string {
  const rows = texts.map((row) => row.map(oneLine))
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => (row[i] ?? '').length)))
  const toLine = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [toLine(headings), toLine(widths.map((width) => '-'.repeat(width))), ...rows.map(toLine)].join('\n')
}

/** `key  value` lines. */
export function fields(entries: readonly (readonly [string, string | undefined])[]): string {
  const told = entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined)
  const width = Math.max(0, ...told.map(([key]) => key.length))
  return told.map(([key, value]) => `${key.padEnd(width)}  ${printable(value)}`).join('\n')
}

/** Local date and time, `2026-01-31 13:45:02`. */
export const localTime = (iso: string): string => new Date(iso).toLocaleString('sv-SE')

/** `1:05`, `1:00:05`. */
export function duration(ms: number | undefined): string {
  if (ms === undefined) return ''
  const seconds = Math.round(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

/**
 * Characters that steer a terminal, or turn the direction of a line, must not reach it from what others wrote: names, messages
 * from the wire. Tabs and line ends may.
 */
export const printable = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')

const oneLine = (text: string): string => printable(text).replace(/[\t\n]/g, ' ')
