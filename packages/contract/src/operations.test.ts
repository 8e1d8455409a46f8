import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RefusalKind } from '@vaxel/base'
import Type from 'typebox'
import { eventKinds } from './events/event-kinds.ts'
import { makeOpenApi } from './openapi.ts'
import { operations } from './operations.ts'

describe('the operations', () => {
  it('have unique identifiers and unique places', () => {
    const ids = operations.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    const places = operations.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`)
    assert.equal(new Set(places).size, places.length)
  })

  it('describe each parameter of their path, and no other', () => {
    for (const { id, path, params } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      assert.deepEqual(Object.keys(params.properties).sort(), named.sort(), id)
    }
  })

  it('bound every text and list that comes in, and refuse unknown fields', () => {
    for (const { id, params, query, body } of operations)
      for (const schema of [params, query, ...(body ? [body] : [])]) assertBounded(schema, id)
  })

  it('have a body only where a method has one', () => {
    for (const { id, method, body } of operations)
      if (method === 'GET' || method === 'DELETE') assert.equal(body, undefined, id)
  })

  it('explain refusals with a sentence', () => {
    const kinds = new Set<RefusalKind>(operations.flatMap(({ errors }) => errors))
    for (const { code, text } of kinds) {
      assert.match(code, /^[A-Z]+(_[A-Z]+)+$/)
      assert.match(text, /^[A-Z].*\.$/, code)
    }
  })
})

/** Walks a JSON schema: nothing that a stranger sends may be endless. */
function assertBounded(schema: unknown, where: string): void {
  const { type, properties, items, anyOf, patternProperties, ...rest } = schema as Record<string, unknown>
  if (type === 'string' && !('const' in rest))
    assert.ok('maxLength' in rest || isShortPattern(rest.pattern), `${where}: endless text`)
  if (type === 'array') assert.ok('maxItems' in rest, `${where}: endless list`)
  if (type === 'integer' || type === 'number') assert.ok('minimum' in rest, `${where}: unbounded number`)
  // A file has a reader of its own, which bounds all of it and tells every mistake; its bytes are bounded here.
  if ('x-file-schema' in rest) return
  if (type === 'object') assert.equal(rest.additionalProperties, false, `${where}: open object`)
  if (patternProperties) assert.ok('maxProperties' in rest, `${where}: endless object`)
  for (const [name, part] of Object.entries({ ...(properties as object), ...(patternProperties as object) }))
    assertBounded(part, `${where}/${name}`)
  if (items) assertBounded(items, `${where}/items`)
  for (const part of (anyOf as unknown[]) ?? []) assertBounded(part, where)
}

/** A pattern that repeats a bounded number of times only. */
const isShortPattern = (pattern: unknown): boolean =>
  pattern === undefined ? false : typeof pattern === 'string' && !/[*+](?!\])/.test(pattern.replace(/\[[^\]]*\]/g, ''))

describe('the event kinds', () => {
  it('have unique names in the past tense with a sentence', () => {
    const kinds = eventKinds.map(({ kind }) => kind)
    assert.equal(new Set(kinds).size, kinds.length)
    for (const { kind, summary } of eventKinds) {
      assert.match(
        kind,
        /^[a-z]+\.[a-zA-Z]*(ed|edIn|edOut|edUp|bound|held|made|sent|begun|left|put|rung|kept|keptAside|withdrawn)$/i,
        kind,
      )
      assert.match(summary, /\.$/)
    }
  })
})

describe('the OpenAPI description', () => {
  const description = makeOpenApi(operations, '1.2.3')

  it('resolves every reference to a component', () => {
    const { schemas } = description.components as { schemas: Record<string, unknown> }
    for (const [, name] of JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      assert.ok(name! in schemas, name)
  })

  it('does not call two different schemas by the same name', () => {
    const titled = Type.Object({ a: Type.String() }, { title: 'Same' })
    const other = Type.Object({ b: Type.String() }, { title: 'Same' })
    const [first] = operations
    const both = [
      { ...first!, reply: titled },
      { ...first!, path: '/other', reply: other },
    ]
    assert.throws(() => makeOpenApi(both, '1'), /Same/)
  })

  it('has no trace of the library that the schemas are written with', () => {
    assert.equal(JSON.stringify(description).includes('~kind'), false)
  })
})
