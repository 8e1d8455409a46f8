import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { operations, takesBytes } from '@vaxel/contract'
import fc from 'fast-check'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const safe = new Set(['createSession', 'setUp', 'endSession', 'changeMyPassword'])
const commands = operations.filter(({ id }) => !safe.has(id))

/** What nobody should send: long, empty, binary, climbing, encoded twice. */
const segment = fc.oneof(
  fc.constantFrom('..', '%2e%2e', '%00', '%2F', "'%20or%201=1", '%F0%9F%98%80', 'x'.repeat(900), '__proto__', '%25'),
  fc.string({ minLength: 1 }).map(encodeURIComponent),
)

describe('hostile input', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
  })
  after(() => api.close())

  it('never makes the server fail, whatever the body, the path or the query', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...commands),
        fc.array(segment, { minLength: 4, maxLength: 4 }),
        fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
        fc.jsonValue(),
        async (operation, segments, query, body) => {
          let next = 0
          const path = operation.path.replace(/\{\w+\}/g, () => segments[next++]!)
          const search = new URLSearchParams(query).toString()
          const answer = await admin.ask(
            operation.method,
            `${path}${search === '' ? '' : `?${search}`}`,
            operation.body ? JSON.stringify(body) : undefined,
          )
          assert.ok(answer.status < 500, `${operation.id} ${path} ${JSON.stringify(body)}: ${answer.status}`)
        },
      ),
      { numRuns: 400, seed: 20260101 },
    )
  })

  it('never makes the server fail with fields of the right name and a wrong kind', async () => {
    const wrong = fc.oneof(
      fc.constantFrom(null, -1, 1e300, '', [], {}, true, 'x'.repeat(5000), '\u0000', '../..', { kind: 'user' }),
      fc.jsonValue(),
    )
    const bodied = commands.filter(({ body }) => body !== undefined && 'properties' in body)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodied),
        fc.array(wrong, { minLength: 12, maxLength: 12 }),
        async (operation, values) => {
          const names = Object.keys((operation.body as unknown as { properties: object }).properties)
          const body = Object.fromEntries(names.map((name, i) => [name, values[i % values.length]]))
          const path = operation.path.replace(/\{\w+\}/g, 'x')
          const answer = await admin.ask(operation.method, path, JSON.stringify(body))
          assert.ok(answer.status < 500, `${operation.id} ${JSON.stringify(body)}: ${answer.status}`)
        },
      ),
      { numRuns: 300, seed: 20260102 },
    )
  })

  it('says that a file is wanted where JSON or nothing comes in its place', async () => {
    const files = operations.filter(({ body }) => takesBytes(body))
    assert.ok(files.length > 0)
    for (const { method, path } of files)
      for (const body of ['{}', '"text"', undefined]) {
        const { status } = await fetch(`${api.url}${path.replace(/\{\w+\}/g, 'x')}?name=x&language=en`, {
          method,
          headers: { authorization: `Bearer ${admin.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
          ...(body ? { body } : {}),
        })
        assert.ok([400, 404, 415].includes(status), `${method} ${path} ${body}: ${status}`)
      }
  })

  it('still works afterwards', async () => {
    assert.equal((await admin.ask('GET', '/healthz')).status, 200)
    assert.ok((await admin.ask('GET', '/api/v1/users')).body.items.length >= 20)
  })
})
