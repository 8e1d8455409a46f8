import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { FtpsConnection } from './ftps-connection.ts'
import { ftpsLimits } from './ftps-limits.ts'
import { PassivePorts } from './passive-ports.ts'

/** The end of a peer that takes nothing. */
class Unread extends Duplex {
  remoteAddress = '192.0.2.1'
  localAddress = '192.0.2.2'
  setNoDelay = () => this
  override _read() {}
  override _write() {}
}

describe('a control connection whose peer never reads', () => {
  it('ends instead of keeping thousands of answers, before TLS too', async () => {
    const socket = new Unread()
    const connection = new FtpsConnection({
      around: {
        clock: new VirtualClock(),
        log: silentLogger,
        door: { logIn: () => Promise.reject(new Error('nobody logs in')) },
        limits: ftpsLimits,
        ports: new PassivePorts([42_000, 42_001]),
        advertise: () => '192.0.2.2',
      },
      socket: socket as unknown as Socket,
      certificate: { certPem: '', keyPem: '' },
      isImplicit: false,
      onClosed: () => {},
    })
    for (let i = 0; i < 5_000 && !socket.destroyed; i++) {
      socket.push('FEAT\r\n'.repeat(16))
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.ok(socket.writableLength < 1_000_000, `${socket.writableLength} bytes are kept`)
    assert.equal(socket.destroyed, true)
    connection.close()
  })
})
