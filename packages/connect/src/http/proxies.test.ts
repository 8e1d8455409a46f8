import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { describe, it } from 'node:test'
import { clientAddress, isSecure, Proxies } from './proxies.ts'

type Request = Pick<IncomingMessage, 'socket' | 'headers'>

const from = (remoteAddress: string, forwarded?: string, proto?: string): Request =>
  ({
    socket: { remoteAddress },
    headers: {
      ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
      ...(proto === undefined ? {} : { 'x-forwarded-proto': proto }),
    },
  }) as unknown as Request

function met(proxies: Proxies, request: Request): Request {
  proxies.meet(request)
  return request
}

describe('who asks, behind reverse proxies', () => {
  const proxies = new Proxies(['127.0.0.1', '10.0.0.0/24', 'fd00::/64'])

  for (const [remote, forwarded, client] of [
    ['127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['10.0.0.9', '198.51.100.7, 10.0.0.8', '198.51.100.7'],
    ['10.0.0.9', '203.0.113.99, 198.51.100.7, 10.0.0.8', '198.51.100.7'],
    ['fd00::1', '[2001:db8::5]:4711', '2001:db8::5'],
    ['10.0.0.9', '198.51.100.7:4711', '198.51.100.7'],
    ['10.0.0.9', '::ffff:198.51.100.7', '198.51.100.7'],
    ['10.0.0.9', undefined, '10.0.0.9'],
    ['10.0.0.9', '', '10.0.0.9'],
    ['10.0.0.9', '10.0.0.7, 10.0.0.8', '10.0.0.7'],
    ['10.0.0.9', 'unknown', '10.0.0.9'],
    ['10.0.0.9', '198.51.100.7, <script>', '10.0.0.9'],
    ['10.0.0.9', `198.51.100.7${', 10.0.0.8'.repeat(5000)}`, '10.0.0.8'],
    ['10.0.1.9', '198.51.100.7', '10.0.1.9'],
    ['203.0.113.5', '127.0.0.1', '203.0.113.5'],
  ] as const)
    it(`${remote} for ${(forwarded ?? 'nobody').slice(0, 60)} is ${client}`, () =>
      assert.equal(clientAddress(met(proxies, from(remote, forwarded))), client))

  it('believes that it came by HTTPS from a trusted proxy and from one on this machine, and from nobody else', () => {
    assert.equal(isSecure(met(proxies, from('10.0.0.9', '198.51.100.7', 'https'))), true)
    assert.equal(isSecure(met(new Proxies(), from('127.0.0.1', '198.51.100.7', 'https'))), true)
    assert.equal(isSecure(met(proxies, from('10.0.1.9', '198.51.100.7', 'https'))), false)
    assert.equal(isSecure(met(proxies, from('10.0.0.9', '198.51.100.7', 'http'))), false)
  })

  it('takes no word for the address without a setting', () => {
    assert.equal(clientAddress(from('127.0.0.1', '198.51.100.7')), '127.0.0.1')
    assert.equal(clientAddress(met(new Proxies(), from('127.0.0.1', '198.51.100.7'))), '127.0.0.1')
  })
})
