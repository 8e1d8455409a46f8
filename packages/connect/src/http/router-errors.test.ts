import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { NotAuthenticated } from '@vaxel/contract'
import { makeWebApplication } from './web-application.ts'

const application = () =>
  makeWebApplication({
    handlers: [],
    authenticate: () => NotAuthenticated(),
    landing: { version: '0' },
    log: silentLogger,
  })

describe('what the router itself refuses', () => {
  it('is a problem with a stable code too (RFC 9457)', async () => {
    const app = await application()
    for (const [url, status, code] of [
      [`/api/v1/users/${'a'.repeat(5000)}`, 404, 'API_NOT_FOUND'],
      ['/api/v1/calls/%ff', 400, 'API_INVALID_REQUEST'],
    ] as const) {
      const reply = await app.inject({ url })
      assert.equal(reply.statusCode, status)
      assert.match(String(reply.headers['content-type']), /^application\/problem\+json/)
      assert.equal(reply.json().code, code)
    }
    await app.close()
  })

  it('is a body in a coding that is not undone here (RFC 9110 §15.5.16)', async () => {
    const app = await application()
    const reply = await app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
      payload: '{}',
    })
    assert.equal(reply.statusCode, 415)
    await app.close()
  })
})
