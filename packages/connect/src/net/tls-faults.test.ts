import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type LogFields, silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { TlsFaults } from './tls-faults.ts'

const distrust = { code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', message: 'tlsv1 alert unknown ca' }
const notTls = { code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: 'wrong version number' }
const tooOld = { code: 'ERR_SSL_UNSUPPORTED_PROTOCOL', message: 'unsupported protocol' }

function watch() {
  const clock = new VirtualClock()
  const lines: string[] = []
  const line = (level: string) => (message: string, fields?: LogFields) =>
    lines.push(`${level} ${message} ${fields?.['address']}`)
  const log = { ...silentLogger, info: line('info'), warn: line('warn'), debug: line('debug') }
  return { clock, lines, faults: new TlsFaults(clock, log) }
}

describe('TLS that does not come about', () => {
  it('is told once an hour for each source, and warned of for an hour', () => {
    const { clock, lines, faults } = watch()
    for (let i = 0; i < 50; i++) faults.failed('::ffff:203.0.113.7', distrust)
    assert.deepEqual(lines, ['warn a peer does not trust the certificate of this server 203.0.113.7'])
    const [warning = '', ...more] = faults.warnings()
    assert.match(warning, /^Telephones do not trust .*\(one address in the last hour; the log names them\): give them /)
    assert.equal(more.length, 0)
    faults.failed('2001:db8::1', distrust)
    faults.failed('2001:db8::2', distrust)
    assert.equal(lines.length, 2, 'one subscriber has many addresses')
    assert.match(faults.warnings()[0] ?? '', /2 addresses/)
    clock.advance(3_600_000)
    assert.deepEqual(faults.warnings(), [])
    faults.failed('203.0.113.7', distrust)
    assert.equal(lines.length, 3)
  })

  it('of strangers who speak something else is no warning, of one’s own network it is', () => {
    const { lines, faults } = watch()
    faults.failed('203.0.113.7', notTls)
    faults.failed('203.0.113.7', tooOld)
    assert.deepEqual(faults.warnings(), [])
    faults.failed('192.168.1.20', notTls)
    faults.failed('10.0.0.9', tooOld)
    assert.deepEqual(lines, [
      'info a peer speaks no TLS on the port for TLS 203.0.113.7',
      'info a peer knows no TLS that is taken here 203.0.113.7',
      'warn a peer speaks no TLS on the port for TLS 192.168.1.20',
      'warn a peer knows no TLS that is taken here 10.0.0.9',
    ])
    assert.equal(faults.warnings().length, 2)
    assert.ok(!/\d+\.\d+\.\d+/.test(faults.warnings().join()), 'anyone may read them')
  })

  it('of a lost connection is nothing to tell', () => {
    const { lines, faults } = watch()
    faults.failed('192.168.1.20', { code: 'ECONNRESET', message: 'read ECONNRESET' })
    faults.failed(undefined, distrust)
    faults.failed('192.168.1.20', { message: 'the TLS handshake was not finished in time' })
    assert.deepEqual(
      lines.map((text) => text.split(' ')[0]),
      ['debug', 'debug', 'debug'],
    )
    assert.deepEqual(faults.warnings(), [])
  })

  it('of a flood from everywhere writes a hundred lines an hour and remembers a thousand sources', () => {
    const { clock, lines, faults } = watch()
    const flood = () => {
      for (let i = 0; i < 3_000; i++) faults.failed(`198.51.${i >> 8}.${i & 255}`, distrust)
    }
    flood()
    assert.equal(lines.length, 100)
    assert.match(faults.warnings()[0] ?? '', /1000 addresses/)
    clock.advance(3_600_000)
    flood()
    assert.equal(lines.length, 200)
  })
})
