/**
 * A single value of a JSON document (RFC 6901): text, number or truth as text.
 * @returns '' for what is not there, and for lists and objects
 * @example readPointer({ agents: [{ name: 'Anna' }] }, '/agents/0/name') // 'Anna'
 */
export function readPointer(document: unknown, pointer: string): string {
  let at = document
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return ''
    if (Array.isArray(at) && !/^(0|[1-9]\d*)$/.test(name)) return ''
    at = (at as Readonly<Record<string, unknown>>)[name]
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean' ? String(at) : ''
}
