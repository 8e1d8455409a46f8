import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, eventually, FreePorts, type Platform, Program, startPlatform } from '@vaxel/testkit'
import { assertHeard, talk } from './heard-tone.ts'

interface Bindings {
  readonly items: readonly { readonly id: string; readonly addressOfRecord: string }[]
}

describe('a telephone with two flows (RFC 5626, baresip)', () => {
  let platform: Platform
  let free: FreePorts
  const phones: Baresip[] = []
  const ways: Program[] = []
  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
  })
  after(async () => {
    for (const phone of phones) await phone.stop()
    for (const way of ways) await way.stop()
    free.release()
    await platform?.stop()
  })
  const phone = async (user: string, toneHz: number, account = '') => {
    const started = await Baresip.start({
      user,
      password: `sip-${user}`,
      registrar: platform.sip,
      transport: 'tcp',
      toneHz,
      account,
    })
    phones.push(started)
    return started
  }
  /** A network to the server, which can be pulled out. */
  const wayTo = async () => {
    const port = await free.port()
    const way = Program.start('socat', [`TCP-LISTEN:${port},bind=127.0.0.1`, `TCP:${platform.sip}`])
    ways.push(way)
    return { way, port }
  }
  const calls = ({ events }: Baresip): number => events.filter(({ type }) => type === 'CALL_ESTABLISHED').length

  for (const broken of [0, 1])
    it(`rings once, and when flow ${broken + 1} breaks, it rings by the other`, async () => {
      const [from, to] = [String(201 + 2 * broken), String(202 + 2 * broken)]
      const both = [await wayTo(), await wayTo()]
      const outbound = both.map(({ port }, i) => `;outbound${i + 1}="sip:127.0.0.1:${port};transport=tcp"`)
      const called = await phone(to, 620, `;sipnat=outbound${outbound.join('')}`)
      const caller = await phone(from, 440)
      const api = await platform.login('201')
      const flows = async () => {
        const { items } = await api.get<Bindings>('/api/v1/bindings')
        return items
          .filter(({ addressOfRecord }) => addressOfRecord === `sip:${to}@demo.vaxel.test`)
          .map(({ id }) => id.split(';').at(-1))
          .toSorted()
      }
      await eventually('both flows are registered', async () => (await flows()).join() === '1,2')

      await caller.dial(to)
      await caller.waitFor('CALL_ESTABLISHED')
      await talk(1000)
      await caller.hangUp()
      await called.waitFor('CALL_CLOSED')
      assert.equal(calls(called), 1)

      await both[broken]!.way.stop()
      const before = caller.events.length
      await caller.dial(to)
      await caller.waitFor('CALL_ESTABLISHED', 30_000, before)
      await talk(3000)
      await caller.hangUp()
      await assertHeard(caller, 620, 2000, 1)
      assert.equal(calls(called), 2)
    })
})
