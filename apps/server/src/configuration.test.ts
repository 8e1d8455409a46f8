import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readConfiguration } from './configuration.ts'

const mistakesOf = (environment: Record<string, string>) => {
  const result = readConfiguration(environment, {}, false)
  return result.ok ? [] : result.mistakes
}

describe('the addresses of a configuration', () => {
  it('are those of a machine or its name', () => {
    for (const bind of ['127.0.0.1', '0.0.0.0', '::', '::1', 'fe80::1%eth0'])
      assert.deepEqual(mistakesOf({ VAXEL_BIND: bind }), [])
    for (const address of ['203.0.113.5', '2001:db8::5', 'pbx.example.com', 'pbx', 'vaxel_server'])
      assert.deepEqual(mistakesOf({ VAXEL_PUBLIC_ADDRESS: address }), [])
  })

  it('never are a wildcard that phones would send their sound to, nor a page or a port', () => {
    for (const address of [
      '0.0.0.0',
      '::',
      '0:0:0:0:0:0:0:0',
      '*',
      '203.0.113.256',
      'https://pbx.example.com',
      'pbx:5060',
      'a b',
    ])
      assert.match(
        mistakesOf({ VAXEL_PUBLIC_ADDRESS: address }).join(),
        /^VAXEL_PUBLIC_ADDRESS is ".+"; it must be the one/,
      )
  })

  it('are told of with every other mistake at once', () => {
    const told = mistakesOf({ VAXEL_BIND: 'localhost', VAXEL_PUBLIC_ADDRESS: '0.0.0.0', VAXEL_SIP_PORT: 'abc' })
    assert.deepEqual(
      told.map((one) => one.split(' ')[0]),
      ['VAXEL_BIND', 'VAXEL_PUBLIC_ADDRESS', 'VAXEL_SIP_PORT'],
    )
  })
})
