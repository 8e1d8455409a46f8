/**
 * The first thing that a line of an INFO's body says of that name, as `Signal=5` or `event flashhook` do; undefined where none does.
 * Names without case. Linear time, whatever a telephone sends.
 */
export function infoValue(body: string, name: string): string | undefined {
  for (const line of body.split(/[\r\n]/)) {
    const [, key, value] = /^\s*(\w+)(?:\s*=\s*|\s+)(\S+)/.exec(line) ?? []
    if (key?.toLowerCase() === name) return value
  }
  return undefined
}
