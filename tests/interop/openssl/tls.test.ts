import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { type Platform, Program, startPlatform, within } from '@vaxel/testkit'

describe('TLS as openssl sees it', () => {
  let platform: Platform
  before(async () => {
    platform = await startPlatform()
  })
  after(() => platform?.stop())

  /** A handshake, and a look at what came of it. SECLEVEL=0 lets openssl itself offer what is old. */
  async function handshake(target: string, ...options: string[]): Promise<string> {
    const client = Program.start('openssl', ['s_client', '-connect', target, '-cipher', 'ALL:@SECLEVEL=0', ...options])
    client.closeInput()
    await client.ended
    return client.output
  }

  for (const [what, port] of [
    ['SIP over TLS', () => platform.ports.sips],
    ['HTTPS', () => platform.ports.https],
  ] as const) {
    describe(what, () => {
      for (const [version, option] of [
        ['1.2', '-tls1_2'],
        ['1.3', '-tls1_3'],
      ] as const) {
        it(`speaks TLS ${version} with an ephemeral key and an authenticated cipher`, async () => {
          const output = await handshake(`127.0.0.1:${port()}`, option)
          assert.match(
            output,
            new RegExp(`Protocol *: TLSv${version.replace('.', '\\.')}|New, TLSv${version.replace('.', '\\.')}`),
          )
          assert.match(output, /Cipher is (ECDHE-\S+-(GCM-SHA\d+|CHACHA20-POLY1305)|TLS_\S+)/)
        })
      }
      for (const [version, option] of [
        ['1.0', '-tls1'],
        ['1.1', '-tls1_1'],
      ] as const) {
        it(`refuses TLS ${version} (RFC 8996)`, async () => {
          const output = await handshake(`127.0.0.1:${port()}`, option)
          assert.match(output, /Cipher is \(NONE\)/)
        })
      }
    })
  }

  it('still takes handshakes while 200 others have stopped half-way', async () => {
    const half: Socket[] = []
    try {
      for (let i = 0; i < 200; i++) {
        const socket = connect({ port: platform.ports.sips, host: '127.0.0.1' })
        socket.on('error', () => {})
        // The first bytes of a ClientHello, and no more
        socket.write(Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00))
        half.push(socket)
      }
      const output = await handshake(platform.sips, '-tls1_3')
      assert.match(output, /TLSv1\.3/)
    } finally {
      for (const socket of half) socket.destroy()
    }
  })

  it('closes a connection whose handshake never ends', async () => {
    const socket = connect({ port: platform.ports.sips, host: '127.0.0.1' })
    socket.write(Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00))
    socket.resume()
    socket.on('error', () => {})
    await within('the connection is closed', new Promise<void>((resolve) => socket.on('close', () => resolve())))
  })

  it('is not brought down by plain SIP and plain HTTP on the TLS port', async () => {
    for (const text of ['OPTIONS sip:x SIP/2.0\r\n\r\n', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n']) {
      const socket = connect({ port: platform.ports.sips, host: '127.0.0.1' })
      socket.on('error', () => {})
      socket.write(text)
      socket.resume()
      await new Promise<void>((resolve) => socket.on('close', () => resolve()))
    }
    assert.match(await handshake(platform.sips), /Cipher is (ECDHE|TLS)/)
  })
})
