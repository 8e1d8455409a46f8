import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readTarget } from '../target.ts'
import { proxyFor } from './proxy.ts'

describe('the proxy of the environment', () => {
  it('reads HTTPS_PROXY with and without scheme, and sends its password to it alone', () => {
    assert.deepEqual(proxyFor('a.example', { HTTPS_PROXY: 'proxy.example:3128' }), {
      host: 'proxy.example',
      port: 3128,
      from: 'HTTPS_PROXY',
    })
    const found = proxyFor('a.example', { https_proxy: 'http://me:p%40ss@[2001:db8::1]/' })
    const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`
    assert.deepEqual(found, { host: '2001:db8::1', port: 80, authorization, from: 'https_proxy' })
  })

  it('excepts what NO_PROXY names, and says what it cannot use', () => {
    const environment = { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'example.com, 192.0.2.1,.inner' }
    for (const host of ['example.com', 'a.example.com', '192.0.2.1', 'x.inner'])
      assert.equal(proxyFor(host, environment), undefined, host)
    assert.ok(proxyFor('notexample.com', environment))
    assert.equal(proxyFor('a', { HTTPS_PROXY: 'http://p:1', no_proxy: '*' }), undefined)
    assert.ok('fault' in proxyFor('a', { HTTPS_PROXY: 'socks5://p:1' })!)
    assert.ok('fault' in proxyFor('a', { HTTPS_PROXY: 'http://' })!)
    assert.equal(proxyFor('a', {}), undefined)
  })
})

describe('the target of a command line', () => {
  it('is a name, an address, a URL, or the link of a site', () => {
    for (const [text, url] of [
      ['calls.example.com', 'https://calls.example.com/'],
      ['192.0.2.1:8443', 'https://192.0.2.1:8443/'],
      ['2001:db8::1', 'https://[2001:db8::1]/'],
      ['http://localhost:8080/x?y', 'http://localhost:8080/'],
    ])
      assert.equal(readTarget(text!)?.url.href, url)
    assert.equal(readTarget('https://a.example/verify#invitation=Ab_-9')?.invitation, 'Ab_-9')
  })

  it('is nothing else', () => {
    for (const text of ['', ' ', 'ftp://a', 'https://', 'https://me:secret@a', 'a b', 'a:99999', `${'a'.repeat(3000)}`])
      assert.equal(readTarget(text), undefined, text)
  })
})
