type Schema = Readonly<Record<string, unknown>>

/**
 * The schema without the alternatives that a value plainly does not mean, so that only the mistakes of the one that was meant are told:
 * of kinds told apart by `kind`, the named one; of something that may be null, the something.
 */
export function narrow(schema: Schema, value: unknown): Schema {
  const { anyOf, properties, items } = schema
  if (Array.isArray(anyOf)) return narrowAlternatives(anyOf as Schema[], value, schema)
  if (typeof value !== 'object' || value === null) return schema
  if (Array.isArray(value)) {
    // One schema serves all entries, so it is narrowed only where they cannot differ.
    return items && value.length === 1 ? { ...schema, items: narrow(items as Schema, value[0]) } : schema
  }
  if (!properties) return schema
  const given = value as Record<string, unknown>
  const narrowed = Object.entries(properties as Record<string, Schema>).map(([name, part]) => [
    name,
    Object.hasOwn(given, name) ? narrow(part, given[name]) : part,
  ])
  return { ...schema, properties: Object.fromEntries(narrowed) }
}

function narrowAlternatives(alternatives: readonly Schema[], value: unknown, schema: Schema): Schema {
  const others = alternatives.filter(({ type }) => type !== 'null')
  if (others.length === 1 && value !== null) return narrow(others[0]!, value)
  const kinds = alternatives.map(kindOf)
  if (kinds.some((kind) => kind === undefined)) return schema
  const wanted = typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined
  const meant = alternatives[kinds.indexOf(wanted as string)]
  if (meant) return narrow(meant, value)
  return { type: 'object', required: ['kind'], properties: { kind: { enum: kinds } } }
}

function kindOf({ properties }: Schema): string | undefined {
  const { kind } = (properties ?? {}) as { kind?: { const?: unknown } }
  return typeof kind?.const === 'string' ? kind.const : undefined
}
