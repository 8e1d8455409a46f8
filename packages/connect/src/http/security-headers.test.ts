import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { kindOfAnswer, securityHeaders } from './security-headers.ts'

describe('what an answer is', () => {
  it('is told by its path, and what could be opened as a page or be a worker counts as one', () => {
    const kinds: Readonly<Record<string, 'page' | 'data' | 'part'>> = {
      '/': 'page',
      '/phone?to=1': 'page',
      '/setup': 'page',
      '/sw.js': 'page',
      '/verify': 'page',
      '/assets/app-X1.js': 'part',
      '/assets/app-X1.css': 'part',
      '/assets/mark-X1.svg': 'page',
      '/icons/vaxel.svg': 'data',
      '/icons/../sw.svg': 'page',
      '/assets/../sw.js': 'page',
      '/click-to-call.js': 'part',
      '/chat.js?site=1': 'part',
      '/api/v1/calls': 'data',
      '/api/v1/calls?limit=1': 'data',
      '/apis': 'page',
    }
    for (const [url, kind] of Object.entries(kinds)) assert.equal(kindOfAnswer(url), kind, url)
  })
})

describe('header fields of security', () => {
  const host = 'vaxel.example'

  it('let a page load from here alone, and let nobody frame it', () => {
    const headers = securityHeaders({ kind: 'page', isSecure: true, host })
    assert.match(headers['content-security-policy']!, /default-src 'none'; script-src 'self';.*wss:\/\/vaxel\.example/)
    assert.match(headers['permissions-policy']!, /microphone=\(self\)/)
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin-allow-popups')
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.equal(headers['strict-transport-security'], 'max-age=31536000')
  })

  it('let an answer of the API do nothing where it is opened as a page, in a third of the bytes', () => {
    const [page, data] = (['page', 'data'] as const).map((kind) => securityHeaders({ kind, isSecure: true, host }))
    assert.equal(data!['content-security-policy'], "default-src 'none'; frame-ancestors 'none'")
    for (const name of ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'strict-transport-security'])
      assert.equal(data![name], page![name], name)
    assert.ok(JSON.stringify(data).length < JSON.stringify(page).length / 2.5)
  })

  it('keep a script from being read as something else, and from the pages of others unless it is meant for them', () => {
    assert.deepEqual(securityHeaders({ kind: 'part', isSecure: false }), {
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
  })
})
