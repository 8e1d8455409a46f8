import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, FreePorts, type Platform, type Sipp, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { PostgresServer } from '../postgres/postgres-server.ts'
import { stopAll } from '../sipp/sipp-phone.ts'
import { answeredIn, startCallLoad } from './call-load.ts'

const awayMs = 20_000

describe('PostgreSQL is away while people call', () => {
  const phones: NetPhone[] = []
  let server: PostgresServer
  let url: string
  let free: FreePorts
  let platform: Platform
  let load: Sipp
  before(async () => {
    server = await PostgresServer.start()
    url = await server.newDatabase()
    free = await FreePorts.claim()
    platform = await startPlatform({ mediaPortCount: 300, environment: { VAXEL_DATABASE_URL: url } })
    for (const user of ['204', '205', '206', '207']) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip })
      assert.equal(await phone.register(3600), 200)
      phones.push(phone)
    }
    load = await startCallLoad(platform, free)
  })
  after(async () => {
    await stopAll()
    for (const phone of phones) await phone.close()
    await platform?.program.stop('SIGKILL')
    free?.release()
    await server?.end()
  })

  it(`stopped for ${awayMs / 1000} s: live calls stay up, new ones go on, phones register`, async () => {
    const live = await talk(0, 1)
    await server.stop()
    const stoppedMs = performance.now()
    await eventually('it is told', async () => /takes no entries since/.test(await health(503)))
    const before = answeredIn(load.messages).length
    await eventually('new calls are answered', () => answeredIn(load.messages).length > before + 10)
    const short = await talk(2, 3)
    await hangUp(short)
    assert.equal(await phones[2]!.register(3600), 200)
    // The outage is as long as it is said to be.
    await new Promise((resolve) => setTimeout(resolve, awayMs - (performance.now() - stoppedMs)))
    const heard = live.callee.talker.receivedPackets
    await live.callee.talker.hears(heard + 25)
    await server.resume()
    await eventually('all is well by itself', async () => (await health()) !== undefined)
    await hangUp(live)
  })

  it('hung: that is seen in five seconds, and calls go on', async () => {
    const live = await talk(0, 1)
    server.freeze()
    const frozenMs = performance.now()
    try {
      const before = answeredIn(load.messages).length
      await eventually('new calls are answered', () => answeredIn(load.messages).length > before + 10)
      assert.ok(performance.now() - frozenMs > 2000, 'the load has met the hung database')
      const heard = live.callee.talker.receivedPackets
      await live.callee.talker.hears(heard + 25)
    } finally {
      server.thaw()
    }
    await eventually('all is well by itself', async () => (await health()) !== undefined)
    await hangUp(live)
  })

  it('every call that was answered is in the history, once, and no event is missing', async () => {
    const { messages } = load
    await stopAll()
    assert.deepEqual(await platform.stop(), { code: 0, signal: null })
    const rows = await server.execute(
      'select l.sip_call_id as id, count(distinct c.id) as calls from calls c join legs l on l.call_id = c.id group by 1',
      url,
    )
    const calls = new Map(rows.map((row) => [String(row['id']), Number(row['calls'])]))
    const answered = answeredIn(messages)
    assert.ok(answered.length > 50, `${answered.length} calls`)
    assert.deepEqual(
      answered.filter((sipCallId) => calls.get(sipCallId) !== 1),
      [],
    )
    const [events] = await server.execute('select count(*) as n, max(number) as last from events', url)
    assert.equal(events!['n'], events!['last'])
    const [open] = await server.execute('select count(*) as n from calls where ended_at_ms is null', url)
    assert.equal(Number(open!['n']), 0)
  })

  async function talk(from: number, to: number) {
    const coming = phones[to]!.nextCall()
    const caller = await phones[from]!.call(phones[to]!.user)
    const callee = await coming
    await Promise.all([caller.isAnswered(), callee.isAnswered()])
    return { caller, callee }
  }

  async function hangUp({ caller, callee }: Awaited<ReturnType<typeof talk>>): Promise<void> {
    caller.hangUp()
    await Promise.all([caller.isOver(), callee.isOver()])
  }

  /** What the health page says; undefined where it answers with another status. */
  async function health(status: 503): Promise<string>
  async function health(): Promise<string | undefined>
  async function health(status = 200): Promise<string | undefined> {
    const reply = await fetch(`${platform.url}/healthz`)
    const text = await reply.text()
    return reply.status === status ? text : status === 200 ? undefined : ''
  }
})
