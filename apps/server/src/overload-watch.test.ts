import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Logger, silentLogger } from '@vaxel/base'
import type { Company } from '@vaxel/core'
import { parseMessage, type SipRequest } from '@vaxel/sip'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { OverloadWatch } from './overload-watch.ts'

function request(number: string, more: { method?: string; toTag?: string; headers?: string } = {}): SipRequest {
  const { method = 'INVITE', toTag, headers = '' } = more
  const text = `${method} sip:${number}@demo.vaxel.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:a@demo.vaxel.test>;tag=1\r\nTo: <sip:${number}@demo.vaxel.test>${toTag ? `;tag=${toTag}` : ''}\r\nCall-ID: x1\r\nCSeq: 1 ${method}\r\n${headers}Content-Length: 0\r\n\r\n`
  const parsed = parseMessage(Buffer.from(text))
  assert.ok(parsed.ok && parsed.message.kind === 'request')
  return parsed.message
}

const phone = { source: '192.0.2.1', name: '192.0.2.1', isTrunk: false }
const carrier = { source: 'trunk-1', name: 'the trunk Carrier', isTrunk: true }

function watch(t: { after(done: () => void): void }, log: Logger = silentLogger) {
  const clock = new VirtualClock()
  const now = { waitingMs: 0, idleMs: 0 }
  const companies = () => [{ emergencyNumbers: ['112', '999'] } as unknown as Company]
  const overload = new OverloadWatch({
    clock,
    log,
    directory: { companies },
    waitingMs: () => now.waitingMs,
    idleMs: () => now.idleMs,
  })
  t.after(() => overload.close())
  /** @returns how many of so many calls were refused */
  const call = (count: number) =>
    Array.from({ length: count }, () => overload.screen(request('202'), phone)).filter(Boolean).length
  return { clock, now, overload, call }
}

describe('more calls than the machine can take', () => {
  it('are refused with 503 and when to come again, and told to whoever runs it', (t) => {
    const { clock, now, overload, call } = watch(t)
    assert.equal(call(500), 0)
    assert.deepEqual(overload.warnings(), [])
    now.waitingMs = 400
    clock.advance(2_000)
    assert.ok(call(500) > 400)
    const refused = overload.screen(request('202'), phone)
    assert.equal(refused?.status, 503)
    assert.ok(Number(refused?.headers.get('Retry-After')) >= 3)
    assert.match(refused?.headers.get('Reason') ?? '', /^SIP;cause=503;text=/)
    assert.match(
      overload.warnings()[0] ?? '',
      /^The processor was full, and \d+ new calls were refused \(503\)\. Calls that went on/,
    )
  })

  it('are those, too, that begin here: each company has its share', (t) => {
    const { clock, now, overload, call } = watch(t)
    const company = { source: 'company-1', name: 'the company Acme' }
    const begin = (count: number) =>
      Array.from({ length: count }, () => overload.admits(company)).filter(Boolean).length
    assert.equal(begin(500), 500)
    now.waitingMs = 400
    clock.advance(2_000)
    assert.ok(begin(500) < 100)
    assert.match(overload.warnings()[0] ?? '', /new calls were refused/)
    assert.ok(call(5) === 0, 'who sends few calls gets them through')
  })

  it('are told by whose they were in the log, and to nobody else', (t) => {
    const lines: unknown[] = []
    const log = { ...silentLogger, info: (text: string, details?: object) => lines.push([text, details]) }
    const { clock, now, overload, call } = watch(t, log)
    now.waitingMs = 400
    clock.advance(2_000)
    call(100)
    for (let i = 0; i < 200; i++) overload.screen(request('202'), carrier)
    assert.doesNotMatch(overload.warnings().join(), /Carrier|192\.0\.2/)
    now.waitingMs = 1
    clock.advance(15_000)
    const [[text, details] = []] = lines as [string, { mostOf: string }][]
    assert.equal(text, 'new calls are no longer limited')
    assert.match(details?.mostOf ?? '', /^the trunk Carrier \(\d+\), 192\.0\.2\.1 \(\d+\)$/)
  })

  it('leave emergency calls, calls that go on, takeovers and other requests alone', (t) => {
    const { clock, now, overload, call } = watch(t)
    now.waitingMs = 400
    clock.advance(2_000)
    const before = call(500)
    assert.ok(before > 400)
    for (const letIn of [
      request('112'),
      request('0999'),
      request('1-1-2'),
      request('%31%312'),
      request('112%23'),
      // It may stand for one.
      request('*09'),
      request('*0100#'),
      request('202', { toTag: '7' }),
      request('202', { method: 'OPTIONS' }),
      request('202', { headers: 'Replaces: abc;to-tag=1;from-tag=2\r\n' }),
    ])
      assert.equal(overload.screen(letIn, phone), undefined)
    const ofCarrier = Array.from({ length: 30 }, () => overload.screen(request('+46855500112'), carrier))
    assert.equal(ofCarrier.at(-1)?.status, 503, 'a number here that ends like it')
    clock.advance(50)
    const [refused] = /\d+/.exec(overload.warnings()[0] ?? '') ?? []
    assert.equal(Number(refused), before + ofCarrier.filter(Boolean).length, 'who was let in is not counted as refused')
  })

  it('are let in again when there is room, and forgotten after a while', (t) => {
    const { clock, now, overload, call } = watch(t)
    now.waitingMs = 400
    clock.advance(2_000)
    call(500)
    now.waitingMs = 1
    clock.advance(15_000)
    assert.equal(call(500), 0)
    assert.equal(overload.warnings().length, 1)
    clock.advance(400_000)
    assert.deepEqual(overload.warnings(), [])
  })

  it('are let in while it is another program that makes them wait', (t) => {
    const { clock, now, call } = watch(t)
    now.waitingMs = 400
    for (let look = 0; look < 40; look++) {
      now.idleMs++
      clock.advance(50)
    }
    assert.equal(call(500), 0)
  })

  it('are seen by a main thread that is late itself, where no datagram can tell', (t) => {
    const clock = new VirtualClock()
    let lateMs = 0
    const late = {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs() + lateMs,
      startTimer: (delayMs: number, callback: () => void) => {
        lateMs += 300
        return clock.startTimer(delayMs, callback)
      },
    }
    const overload = new OverloadWatch({
      clock: late,
      log: silentLogger,
      directory: { companies: () => [] },
      waitingMs: () => 0,
      idleMs: () => 0,
    })
    t.after(() => overload.close())
    clock.advance(2_000)
    const refused = Array.from({ length: 500 }, () => overload.screen(request('112'), phone)).filter(Boolean).length
    assert.ok(refused > 400)
  })
})
