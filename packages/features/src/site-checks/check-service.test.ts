import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal, systemRandom } from '@vaxel/base'
import type { SiteCheck } from '@vaxel/contract'
import type { EchoPortState, EchoStreamWish, SiteEcho } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { checkLimits, serverLimits } from './check-limits.ts'
import { CheckService } from './check-service.ts'

/** An echo that remembers what it was asked, on a range where some ports are a call's. */
class FakeEcho implements SiteEcho {
  range = { from: 50_000, to: 50_999 }
  hasPortsToSpare = true
  readonly openPorts = new Set<number>()
  readonly checks = new Set<string>()
  readonly ofCalls = new Set<number>()
  starts = true
  fault: 'port-not-open' | 'unusable-offer' | 'no-room' | undefined
  #ended: (id: string) => void = () => {}
  #lost: (ids: readonly string[]) => void = () => {}

  async begin({ id }: { id: string }): Promise<boolean> {
    if (this.starts) this.checks.add(id)
    return this.starts
  }

  async openPort(checkId: string, port: number): Promise<EchoPortState> {
    await Promise.resolve()
    if (port < this.range.from || port > this.range.to) return 'outside-range'
    if (!this.checks.has(checkId) || this.ofCalls.has(port)) return 'in-use'
    this.openPorts.add(port)
    return 'open'
  }

  async heard() {
    return []
  }

  keepOneClosed(): number {
    return 50_500
  }

  async openStream(_: string, { port }: EchoStreamWish) {
    await Promise.resolve()
    if (this.fault) return { fault: this.fault, reason: 'Because.' }
    return { port: port === 'shared' ? 5004 : port, answer: 'v=0' }
  }

  async figures() {
    return undefined
  }

  async endStream(id: string): Promise<void> {
    this.#ended(id)
  }

  async end(id: string): Promise<void> {
    this.checks.delete(id)
  }

  onStreamEnded(listener: (id: string) => void): void {
    this.#ended = listener
  }

  onLost(listener: (ids: readonly string[]) => void): void {
    this.#lost = listener
  }

  lose(ids: readonly string[]): void {
    this.#lost(ids)
  }

  async close(): Promise<void> {}
}

function service({ isOff = false } = {}) {
  const echo = new FakeEcho()
  const clock = new VirtualClock()
  const checks = new CheckService({
    clock,
    random: systemRandom,
    echo,
    reach: () => ({
      address: () => '203.0.113.9',
      name: 'pbx.example',
      ports: { web: 80, webTls: 443, sip: 5060, sips: 5061, stun: 3478, media: 5004 },
    }),
    catalogue: () => undefined,
    busyWith: () => undefined,
    isOff,
  })
  let addresses = 0
  const start = (address = `192.0.2.${(addresses += 1)}`) =>
    checks.start({ address, origin: 'https://meet.example:8443' })
  const begin = async (address?: string): Promise<{ check: SiteCheck; asker: { checkId: string; bearer: string } }> => {
    const check = await start(address)
    assert.ok(!isRefusal(check), JSON.stringify(check))
    return { check, asker: { checkId: check.checkId, bearer: check.echo.key } }
  }
  return { echo, clock, checks, start, begin }
}

const codeOf = (answer: unknown): string | undefined => (isRefusal(answer) ? answer.code : undefined)
const stream = { port: 'shared' as const, offer: 'v=0' }

describe('checks that run', () => {
  it('are told by which names the server is reached, and which of its ports no call has', async () => {
    const { begin, echo } = service()
    for (const port of [50_000, 50_001, 50_999, 50_500]) echo.ofCalls.add(port)
    const { check } = await begin()
    assert.deepEqual(check.names, ['meet.example', 'pbx.example'])
    assert.deepEqual(check.stun, ['stun:meet.example:3478'])
    assert.equal(check.address, '203.0.113.9')
    assert.equal(check.ports.sample[0], 50_002)
    assert.equal(check.ports.sample.at(-1), 50_998)
    assert.ok(check.ports.sample.includes(50_501))
  })

  it('have as many different ports as there are places, though places picked at random meet', async () => {
    for (let run = 0; run < 20; run++) {
      const { begin, echo } = service()
      echo.range = { from: 50_000, to: 50_063 }
      const { check } = await begin()
      assert.equal(check.ports.sample.length, 8)
      assert.equal(echo.openPorts.size, 8)
    }
  })

  it('get as many further ports as one check may have, and no more', async () => {
    const { begin, checks } = service()
    const { asker, check } = await begin()
    const wanted = [...Array(200).keys()]
      .map((step) => 50_100 + step)
      .filter((port) => !check.ports.sample.includes(port))
    const answer = await checks.openPorts(asker, wanted)
    assert.ok(!isRefusal(answer))
    assert.equal(answer.open.length, check.ports.sample.length + checkLimits.furtherPorts)
    assert.ok(answer.refused.every(({ why }) => why === 'too-many'))
    const again = await checks.openPorts(asker, answer.open)
    assert.ok(!isRefusal(again) && again.refused.length === 0)
  })

  it('get a stream again for each that has ended, by itself too, and all together no more than the server spares', async () => {
    const { begin, checks, echo } = service()
    const { asker } = await begin()
    const ids: string[] = []
    for (let index = 0; index < checkLimits.streams; index += 1) {
      const opened = await checks.openStream(asker, stream, '192.0.2.1')
      assert.ok(!isRefusal(opened))
      ids.push(opened.streamId)
    }
    assert.equal(codeOf(await checks.openStream(asker, stream, '192.0.2.1')), 'SITE_CHECK_LIMIT')
    await echo.endStream(ids[0]!)
    assert.equal(codeOf(await checks.openStream(asker, stream, '192.0.2.1')), undefined)
    let open = checkLimits.streams
    for (; open < serverLimits.streams; ) {
      const other = await begin()
      for (let index = 0; index < checkLimits.streams; index += 1, open += 1)
        assert.equal(codeOf(await checks.openStream(other.asker, stream, '192.0.2.1')), undefined)
    }
    const late = await begin()
    assert.equal(codeOf(await checks.openStream(late.asker, stream, '192.0.2.1')), 'SITE_CHECKS_BUSY')
    await checks.end(asker)
    assert.equal(codeOf(await checks.openStream(late.asker, stream, '192.0.2.1')), undefined)
  })

  it('do not count streams that came to nothing', async () => {
    const { begin, checks, echo } = service()
    const { asker } = await begin()
    const codes = []
    for (const fault of ['port-not-open', 'unusable-offer', 'no-room'] as const) {
      echo.fault = fault
      for (let index = 0; index < 20; index += 1)
        codes.push(codeOf(await checks.openStream(asker, stream, '192.0.2.1')))
    }
    assert.deepEqual([...new Set(codes)], ['SITE_PORT_NOT_OPEN', 'SITE_OFFER_UNUSABLE', 'SITE_CHECKS_BUSY'])
    echo.fault = undefined
    assert.equal(codeOf(await checks.openStream(asker, stream, '192.0.2.1')), undefined)
  })

  it('are gone when the thread that served them is, and take nothing from the next ones', async () => {
    const { begin, checks, echo } = service()
    const { asker } = await begin()
    await checks.openStream(asker, stream, '192.0.2.1')
    echo.lose([asker.checkId])
    assert.equal(codeOf(await checks.heard(asker)), 'SITE_CHECK_GONE')
    assert.equal(checks.keyOf(asker.checkId), undefined)
    assert.equal(codeOf(await checks.end(asker)), 'SITE_CHECK_GONE')
    await begin()
  })

  it('tell their key to who proves something by it, while they run', async () => {
    const { begin, checks } = service()
    const { asker } = await begin()
    assert.equal(Buffer.from(checks.keyOf(asker.checkId)!).toString('base64url'), asker.bearer)
    await checks.end(asker)
    assert.equal(checks.keyOf(asker.checkId), undefined)
  })

  it('are refused where there are ports for calls only, where nothing serves them, and beyond what may run at once', async () => {
    const { start, checks, echo, begin } = service()
    echo.hasPortsToSpare = false
    assert.equal(codeOf(await start()), 'SITE_CHECKS_BUSY')
    echo.hasPortsToSpare = true
    echo.starts = false
    assert.equal(codeOf(await start()), 'SITE_CHECKS_BUSY')
    echo.starts = true
    for (let index = 0; index < serverLimits.checksOfAddress; index += 1) await begin('198.51.100.1')
    assert.equal(codeOf(await start('198.51.100.1')), 'SITE_CHECKS_BUSY')
    for (let index = serverLimits.checksOfAddress; index < serverLimits.checks; index += 1) await begin()
    const full = await start()
    assert.ok(isRefusal(full) && full.code === 'SITE_CHECKS_BUSY' && full.retryAfterSeconds === 120)
    await checks.close()
    assert.equal(echo.checks.size, 0)
  })

  it('are refused where the administrator wants none', async () => {
    const { start, echo } = service({ isOff: true })
    assert.equal(codeOf(await start()), 'SITE_CHECKS_OFF')
    assert.equal(echo.checks.size, 0)
  })

  it('count an IPv6 network as one address', async () => {
    const { start } = service()
    const codes = []
    for (let index = 0; index < 60; index += 1) codes.push(codeOf(await start(`2001:db8:0:7::${index.toString(16)}`)))
    assert.equal(codes.filter((code) => code === undefined).length, serverLimits.checksOfAddress)
    assert.equal(codes.at(-1), 'API_TOO_MANY_REQUESTS')
  })

  it('are asked no faster than one check may', async () => {
    const { begin, checks, clock } = service()
    const { asker } = await begin()
    let answers = 0
    while (codeOf(await checks.heard(asker)) === undefined) answers += 1
    assert.equal(answers, 200)
    clock.advance(1_000)
    assert.equal(codeOf(await checks.heard(asker)), undefined)
  })

  it('end what they were still opening when the server stops', async () => {
    const { start, checks, echo } = service()
    const starting = start()
    await checks.close()
    assert.equal(codeOf(await starting), 'SITE_CHECKS_BUSY')
    assert.equal(echo.checks.size, 0)
  })
})
