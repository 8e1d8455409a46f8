import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Framed, StreamFramer } from './stream-framer.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (framed: Framed): string =>
  framed.kind === 'message' ? Buffer.from(framed.bytes).toString() : framed.kind
const message = (body: string, name = 'Content-Length'): string =>
  `MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h\r\n${name}: ${body.length}\r\n\r\n${body}`

/** What comes out when the stream is cut at these places. */
function frame(stream: Uint8Array, cuts: readonly number[]): string[] {
  const framer = new StreamFramer()
  const out: string[] = []
  let from = 0
  for (const cut of [...cuts, stream.length]) {
    for (const framed of framer.push(stream.slice(from, cut))) out.push(text(framed))
    from = cut
  }
  return out
}

const withoutPongs = (framed: readonly string[]): string[] => framed.filter((one) => one !== 'pong')

describe('StreamFramer', () => {
  it('passes over NULs and bare line feeds between messages, which some phones send to keep their way open', () => {
    const message = 'OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 2\r\n\r\n\n\0'
    const bytes = Buffer.from(`\0\0\0\0${message}\n\0${message}\0\r\n\r\n`, 'latin1')
    for (const step of [1, 7, bytes.length]) {
      const framer = new StreamFramer()
      const framed = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
        framer.push(bytes.subarray(i * step, (i + 1) * step)).map((one) => ({ ...one })),
      ).flat()
      const messages = framed.filter(({ kind }) => kind === 'message')
      assert.deepEqual(
        messages.map((one) => 'bytes' in one && Buffer.from(one.bytes).toString('latin1')),
        [message, message],
      )
      assert.ok(framed.some(({ kind }) => kind === 'ping') && framed.every(({ kind }) => kind !== 'fault'))
    }
  })

  it('cuts messages by Content-Length, its compact form and a folded one (RFC 3261 §18.3)', () => {
    const folded = message('x').replace('Content-Length: ', 'Content-Length:\r\n ')
    const stream = message('one') + message('', 'l') + message('two', 'CONTENT-LENGTH ') + folded
    assert.deepEqual(frame(bytes(stream), []), [
      message('one'),
      message('', 'l'),
      message('two', 'CONTENT-LENGTH '),
      folded,
    ])
  })

  it('tells pings and pongs apart (RFC 5626 §3.5.1)', () => {
    assert.deepEqual(frame(bytes('\r\n\r\n'), []), ['ping'])
    assert.deepEqual(frame(bytes('\r\n'), []), ['pong'])
    assert.deepEqual(frame(bytes('\r\n\r\n'), [2]), ['pong', 'ping'])
    assert.deepEqual(frame(bytes(`\r\n\r\n${message('a')}\r\n\r\n\r\n\r\n`), []), [
      'ping',
      message('a'),
      'ping',
      'ping',
    ])
  })

  it('gives the same wherever the stream is split', () => {
    const stream = bytes(`\r\n\r\n${message('hello')}\r\n\r\n${message('')}${message('a\r\n\r\nb')}`)
    const whole = frame(stream, [])
    assert.equal(whole.length, 5)
    for (let cut = 0; cut <= stream.length; cut++) assert.deepEqual(withoutPongs(frame(stream, [cut])), whole)
    assert.deepEqual(withoutPongs(frame(stream, [...stream.keys()])), whole)
  })

  it('gives the same however the stream is split', () => {
    const stream = bytes(message('x'.repeat(3000)) + message('é€') + message(''))
    const whole = frame(stream, [])
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
        assert.deepEqual(
          frame(
            stream,
            cuts.sort((a, b) => a - b),
          ),
          whole,
        )
      }),
      { numRuns: 200, seed: 4475 },
    )
  })

  it('refuses a stream that cannot be cut', () => {
    const faulty = [
      message('a').replace('Content-Length: 1', 'Content-Length: -1'),
      message('a').replace('Content-Length: 1', 'Content-Length: 1\r\nl: 2'),
      message('a').replace('Content-Length: 1\r\n', ''),
      message('a').replace('Content-Length: 1', 'Content-Length: 65536'),
      `MESSAGE sip:a@b SIP/2.0\r\nX: ${'y'.repeat(70_000)}`,
      '\rMESSAGE',
    ]
    for (const stream of faulty) {
      const framer = new StreamFramer()
      assert.equal(framer.push(bytes(stream)).at(-1)?.kind, 'fault', stream.slice(0, 80))
      assert.deepEqual(framer.push(bytes(message('later'))), [])
    }
  })

  it('works in linear time, even byte by byte', () => {
    for (const size of [1_000, 10_000, 60_000]) {
      for (const stream of [message('x'.repeat(size)), `X: ${'y'.repeat(size)}\r\n`, message('').repeat(size / 100)]) {
        const framer = new StreamFramer()
        const all = bytes(stream)
        for (let i = 0; i < all.length; i++) framer.push(all.subarray(i, i + 1))
        assert.ok(framer.work < 12 * all.length + 4096, `${framer.work} steps for ${all.length} bytes`)
      }
    }
  })
})
