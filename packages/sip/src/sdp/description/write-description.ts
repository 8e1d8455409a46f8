import type { Attribute, Connection, SessionDescription } from './session-description.ts'

/**
 * Writes a session description in the order of RFC 8866 §5, lines ended by CRLF.
 * Throws on a value that would break out of its line, as that would be our own fault.
 */
export function writeDescription(description: SessionDescription): string {
  const { origin } = description
  const lines = [
    'v=0',
    `o=${origin.username} ${origin.sessionId} ${origin.sessionVersion} IN IP${origin.family} ${origin.address}`,
    `s=${description.name}`,
  ]
  if (description.connection) lines.push(connectionLine(description.connection))
  lines.push('t=0 0')
  pushAttributes(lines, description.attributes)
  for (const media of description.media) {
    lines.push(`m=${media.kind} ${media.port} ${media.protocol} ${media.formats.join(' ')}`)
    if (media.connection) lines.push(connectionLine(media.connection))
    pushAttributes(lines, media.attributes)
  }
  if (/[\r\n\0]/.test(lines.join(' '))) throw new Error('a session description line holds a line break')
  return `${lines.join('\r\n')}\r\n`
}

function connectionLine(connection: Connection): string {
  return `c=IN IP${connection.family} ${connection.address}`
}

function pushAttributes(lines: string[], attributes: readonly Attribute[]): void {
  for (const { name, value } of attributes) lines.push(value === undefined ? `a=${name}` : `a=${name}:${value}`)
}
