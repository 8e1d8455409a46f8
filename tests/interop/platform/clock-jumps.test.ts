import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, FakeTime, type Platform, startPlatform } from '@vaxel/testkit'
import { type NetCall, NetPhone } from '@vaxel/testkit/peers/net-phone'

interface Call {
  readonly id: string
  readonly startedAt: string
  readonly answeredAt?: string
  readonly endedAt?: string
  readonly termination?: { readonly reason: string }
}

const day = 86_400
const hour = 3600

describe('the system clock of the server is set while calls are up (libfaketime)', () => {
  let time: FakeTime
  let platform: Platform
  const phones: NetPhone[] = []
  before(async () => {
    time = new FakeTime()
    platform = await startPlatform({ environment: { ...time.environment, TZ: 'Europe/Stockholm' } })
    for (const user of ['204', '205', '206', '207']) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip })
      assert.equal(await phone.register(120), 200)
      phones.push(phone)
    }
  })
  after(async () => {
    for (const phone of phones) await phone.close()
    await platform?.stop()
  })

  for (const [what, bySeconds] of [
    ['forward by a day', day],
    ['back by an hour', -hour],
    ['back by ten days', -10 * day],
  ] as const) {
    it(`${what}: the call goes on, registrations stay, durations are right, and the health page says it`, async () => {
      const call = await talk(0, 1)
      const [from, to] = [call.caller.talker, call.callee.talker]
      await to.hears(50)
      time.jump(bySeconds)
      const warnings = await eventually('the jump is told', async () => {
        const all = await health()
        return (
          all.some((text) => text.includes(`${bySeconds > 0 ? 'forward' : 'back'} by ${Math.abs(bySeconds)} s`)) && all
        )
      })
      assert.match(warnings.at(-1)!, /^The system clock jumped (forward|back) by \d+ s at \d{4}-/)
      const heard = [from.receivedPackets, to.receivedPackets]
      await Promise.all([from.hears(heard[0]! + 50), to.hears(heard[1]! + 50)])
      assert.equal(call.caller.end, undefined)
      assert.equal(call.callee.end, undefined)
      const api = await platform.login()
      const { items: bound } = await api.get<{ items: unknown[] }>('/api/v1/bindings')
      assert.equal(bound.length, 4)
      // Who dials now is answered at once, by a phone that registered before the jump.
      const other = await talk(2, 3)
      await other.callee.talker.hears(25)
      await hangUp(other.caller, other.callee)
      await hangUp(call.caller, call.callee)
      const [before_, after_] = [await find(call), await find(other)]
      assert.equal(before_.termination?.reason, 'caller-hung-up')
      assertClose(talkMs(before_), call.talkedMs(), 'it lasted as long as was talked')
      assertClose(talkMs(after_), other.talkedMs(), 'so did the next')
      assertClose(Date.parse(after_.startedAt), other.startedAtMs, 'the next call is told in the new time')
      assertClose(Date.parse(before_.startedAt), call.startedAtMs, 'the first keeps the time it began with')
    })
  }

  it('summer time begins in mid-call: nothing happens but an hour on the wall', async () => {
    // Two seconds before 2027-03-28 02:00 in Stockholm becomes 03:00.
    time.set(Math.round((Date.UTC(2027, 2, 28, 1, 0, 0) - 2000 - Date.now()) / 1000))
    const told = await eventually('the server has the new time', async () => {
      const all = await health()
      return /at 2027-03-28T0[01]/.test(all.at(-1) ?? '') && all.length
    })
    const call = await talk(0, 1)
    await eventually('the hour has changed', () => time.nowMs() > Date.UTC(2027, 2, 28, 1, 0, 1))
    const heard = call.callee.talker.receivedPackets
    await call.callee.talker.hears(heard + 25)
    await hangUp(call.caller, call.callee)
    assertClose(talkMs(await find(call)), call.talkedMs(), 'the hour is in no duration')
    assert.equal((await health()).length, told, 'and it is no jump')
  })

  it('the server dies after a jump and starts with the clock put back: the call ends at its last second of audio', async () => {
    const call = await talk(0, 1)
    time.jump(day)
    await eventually('the jump is seen', async () => (await health()).at(-1)?.includes(`forward by ${day} s`))
    const heard = call.callee.talker.receivedPackets
    await call.callee.talker.hears(heard + 150)
    await platform.kill()
    const killedAtMs = Date.now()
    time.jump(-day - hour)
    platform = await startPlatform({
      data: platform.data,
      ports: platform.ports,
      environment: { ...time.environment, TZ: 'Europe/Stockholm' },
    })
    const closed = await find(call)
    assert.equal(closed.termination?.reason, 'restarted')
    const talkedMs = killedAtMs - call.caller.upAtMs!
    assert.ok(talkMs(closed) <= talkedMs + 200 && talkMs(closed) >= talkedMs - 3900, `${talkMs(closed)} of ${talkedMs}`)
    const again = await talk(2, 3)
    await again.callee.talker.hears(10)
    await hangUp(again.caller, again.callee)
    for (const one of [call.caller, call.callee]) one.hangUp()
  })

  async function health(): Promise<string[]> {
    const reply = await fetch(`${platform.url}/healthz`)
    assert.equal(reply.status, 200)
    return ((await reply.json()) as { warnings: string[] }).warnings
  }

  async function talk(from: number, to: number) {
    const coming = phones[to]!.nextCall()
    const startedAtMs = time.nowMs()
    const caller = await phones[from]!.call(phones[to]!.user)
    const callee = await coming
    await Promise.all([caller.isAnswered(), callee.isAnswered()])
    return { caller, callee, startedAtMs, talkedMs: () => caller.endedAtMs! - caller.upAtMs! }
  }

  async function hangUp(caller: NetCall, callee: NetCall): Promise<void> {
    caller.hangUp()
    await Promise.all([caller.isOver(), callee.isOver()])
  }

  /** The ended call that began when this one was dialled. */
  async function find(call: { startedAtMs: number }): Promise<Call> {
    const api = await platform.login()
    return await eventually('the call is in the history with its end', async () => {
      const { items } = await api.get<{ items: Call[] }>('/api/v1/calls')
      return items.find(
        ({ startedAt, endedAt }) => endedAt && Math.abs(Date.parse(startedAt) - call.startedAtMs) < 1000,
      )
    })
  }

  const talkMs = (call: Call): number => Date.parse(call.endedAt!) - Date.parse(call.answeredAt!)

  function assertClose(actualMs: number, expectedMs: number, what: string): void {
    // The clock jumps by an hour; what a busy machine is late by is nothing beside it.
    assert.ok(Math.abs(actualMs - expectedMs) < 10_000, `${what}: ${actualMs} instead of ${expectedMs}`)
  }
})
