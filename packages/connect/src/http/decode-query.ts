import type { Mistake } from '@vaxel/base'
import type { Operation } from '@vaxel/contract'

const integer = /^-?\d{1,15}$/

/** What the query string says, in the types of its schema. What does not convert stays text, for the check to refuse. */
export function decodeQuery(
  raw: Readonly<Record<string, unknown>>,
  schema: Operation['query'],
): { value: Record<string, unknown>; mistakes: Mistake[] } {
  const value: Record<string, unknown> = {}
  const mistakes: Mistake[] = []
  for (const [name, text] of Object.entries(raw)) {
    if (typeof text !== 'string') {
      mistakes.push({ path: `?${name}`, reason: 'may be given once only' })
      continue
    }
    const { type } = (schema.properties[name] ?? {}) as { type?: string }
    if (type === 'integer' && integer.test(text)) value[name] = Number(text)
    else if (type === 'boolean' && (text === 'true' || text === 'false')) value[name] = text === 'true'
    else value[name] = text
  }
  return { value, mistakes }
}
