import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { type ApiClient, eventually, FreePorts, type Platform, type Sipp, startPlatform } from '@vaxel/testkit'
import { answerSteps, play, stopAll } from '../sipp/sipp-phone.ts'
import {
  answersUntilCleared,
  clearAll,
  liveCalls,
  reasonText,
  refusedWith,
  talkUntilCleared,
  untilTalking,
} from './waiting-phone.ts'

interface EndedCall {
  readonly id: string
  readonly endedAt?: string
  readonly talkMs?: number
  readonly costMicros?: number
  readonly termination?: { readonly reason: string; readonly blame: string; readonly sip?: number }
}

const outside = '0855512345'

describe('limits of a company', () => {
  let platform: Platform
  let api: ApiClient
  let free: FreePorts
  let companyId: string
  let carrierPort: number
  before(async () => {
    platform = await startPlatform()
    // 201 is the operator of the demo
    api = await platform.login()
    free = await FreePorts.claim()
    carrierPort = await free.port()
    companyId = (await api.get<{ company: { id: string } }>('/api/v1/me')).company.id
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    await api.patch(`/api/v1/trunks/${items.find(({ name }) => name === 'pstn')!.id}`, {
      targets: [{ host: '127.0.0.1', port: carrierPort, protocol: 'udp' }],
      fromAddresses: [`127.0.0.1:${carrierPort}`],
      // One unit of the currency a second
      pricePerMinuteMicros: { '': 60_000_000 },
    })
  })
  afterEach(async () => {
    await setLimits({})
    await clearAll(api)
    await stopAll()
    await eventually('no call is left', async () => (await liveCalls(api)).length === 0)
  })
  after(async () => {
    free?.release()
    await platform?.stop()
  })

  const setLimits = (limits: object) => api.patch(`/api/v1/companies/${companyId}`, { limits })
  const phone = async (user: string) => ({ platform, user, port: await free.port() })
  const carrier = () =>
    play({ platform, user: 'carrier', port: carrierPort }, answersUntilCleared(answerSteps('carrier'), 'carrier'))
  /** A call that talks when this resolves. */
  const calls = async (user: string, to: string): Promise<Sipp> =>
    await untilTalking(play(await phone(user), talkUntilCleared(user, to), { service: to }))
  /** Calls, must be refused, and gives the sentence of the Reason header. */
  const refused = async (status: number, user: string, to: string): Promise<string> => {
    const { messages } = await play(await phone(user), refusedWith(status, user, to), { service: to }).succeed()
    return reasonText(messages, status) ?? messages
  }
  const history = async () => (await api.get<{ items: EndedCall[] }>('/api/v1/calls')).items

  it('one call more than is allowed at once gets 486 and is told why; when one ends the next goes through', async () => {
    await setLimits({ callsAtOnce: 1 })
    const first = await calls('201', '600')
    assert.match(await refused(486, '202', '600'), /1 .*allowed at once/)
    await clearAll(api)
    await first.succeed()
    await eventually('the first call is over', async () => (await liveCalls(api)).length === 0)
    await calls('202', '600')
  })

  it('more calls in a minute than are allowed get 503, with Retry-After and the reason', async () => {
    const first = await calls('201', '600')
    await clearAll(api)
    await first.succeed()
    await setLimits({ callsPerMinute: 1 })
    const { messages } = await play(await phone('202'), refusedWith(503, '202', '600'), { service: '600' }).succeed()
    assert.equal(reasonText(messages, 503), 'Too many calls in the last minute; wait a little.')
    const seconds = Number(/^Retry-After: *(\d+)/im.exec(messages)?.[1])
    assert.ok(seconds >= 1 && seconds <= 60, `${seconds} s`)
  })

  it('a blocked destination gets 403 with the number and the company; others still go out', async () => {
    await setLimits({ blockedDestinations: ['+46900'] })
    assert.equal(await refused(403, '201', '0900123456'), 'Calls to +46900123456 are blocked for Vaxel Demo AB.')
    const far = carrier()
    const near = await calls('201', outside)
    await clearAll(api)
    await Promise.all([far.succeed(), near.succeed()])
  })

  it('a destination that is not among the allowed ones gets 403', async () => {
    await setLimits({ allowedDestinations: ['+46'] })
    assert.match(await refused(403, '201', '+15551234567'), /^Calls to \+15551234567 are not among the destinations/)
  })

  it('a limit of one person counts for that person alone', async () => {
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users')
    const path = `/api/v1/users/${items.find(({ name }) => name === '205')!.id}`
    await api.patch(path, { limits: { callsAtOnce: 0 } })
    assert.match(await refused(486, '205', '600'), /0 .*allowed at once/)
    await calls('206', '600')
    await api.patch(path, { limits: {} })
  })

  it('a call that costs money is cleared on both sides when the money of the day is used up; the history has its price', async () => {
    await setLimits({ spendPerDayMicros: 2_000_000 })
    const earlier = new Set((await history()).map(({ id }) => id))
    const far = carrier()
    const near = await calls('201', outside)
    // Nobody hangs up: both sides get a BYE from the platform.
    const [{ messages }] = await Promise.all([near.succeed(), far.succeed()])
    assert.match(messages, /^BYE [^]*^Reason: *SIP ?;cause=403;text="Today's limit of money/im)
    const call = await eventually('the call in the history', async () =>
      (await history()).find(({ id, endedAt }) => !earlier.has(id) && endedAt !== undefined),
    )
    assert.equal(call.termination?.reason, 'spend-limit')
    assert.ok(call.talkMs! > 500 && call.talkMs! < 5000, `${call.talkMs} ms`)
    // An earlier call has used some of the money already
    assert.ok(call.costMicros! >= 1_000_000 && call.costMicros! < 6_000_000, `${call.costMicros}`)
  })

  it('the next call that costs money gets 403 and the reason; calls that cost nothing go through', async () => {
    await setLimits({ spendPerDayMicros: 2_000_000 })
    assert.equal(
      await refused(403, '202', outside),
      "Today's limit of money for calls is used up; an administrator can raise it.",
    )
    await calls('202', '600')
  })

  it('112 goes to the carrier whatever the limits say, while everything else is refused', async () => {
    await setLimits({
      callsAtOnce: 0,
      callsPerMinute: 0,
      spendPerDayMicros: 0,
      allowedDestinations: [],
      blockedDestinations: ['+'],
    })
    await refused(486, '201', outside)
    const far = carrier()
    const near = await calls('201', '112')
    // Longer than the watch over money takes to look
    await eventually('it still goes on', async () => {
      const [call] = await liveCalls(api)
      return call?.answeredAt !== undefined && Date.now() - Date.parse(call.answeredAt) > 2500
    })
    await clearAll(api)
    const [, { messages }] = await Promise.all([near.succeed(), far.succeed()])
    assert.match(messages, /^INVITE sip:112@/m)
  })

  it('only the operator sets the limits of a company', async () => {
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users')
    await api.patch(`/api/v1/users/${items.find(({ name }) => name === '204')!.id}`, { role: 'administrator' })
    const administrator = await platform.login('204')
    const { status } = await administrator.request('PATCH', `/api/v1/companies/${companyId}`, { limits: {} })
    assert.equal(status, 403)
  })
})
