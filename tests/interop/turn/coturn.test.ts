import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type RelayAt, startRelayAt } from './relay-at.ts'

describe("coturn's client at our relay", { concurrency: 4 }, () => {
  let relay: RelayAt
  before(async () => {
    relay = await startRelayAt('127.0.0.1')
  })
  after(() => relay?.close())

  const way: Readonly<Record<string, readonly string[]>> = { UDP: [], TCP: ['-t'], 'TLS on the web port': ['-t', '-S'] }
  for (const [name, flags] of Object.entries(way))
    for (const [how, more] of Object.entries({ channels: [], indications: ['-s'] }))
      it(`has every message back over ${name} by ${how}`, async () => {
        const { ports, user } = relay
        const port = String(flags.includes('-S') ? ports.https : ports.stun)
        const peer = ['-e', '127.0.0.1', '-r', String(ports.peer)]
        const { output, received, lost } = await relay.uclient(...flags, ...more, ...user, '-p', port, ...peer)
        assert.equal(received, 50, output.slice(-3000))
        assert.equal(lost, 0, output.slice(-1000))
      })

  it('asks for the ports of others and is refused', async () => {
    const { ports, user } = relay
    const { output, received } = await relay.uclient(...user, '-p', String(ports.stun), '-e', '127.0.0.1', '-r', '22')
    assert.equal(received, 0, output.slice(-1000))
    assert.match(output, /403/)
  })

  it('is let in by no wrong password', async () => {
    const { ports, user } = relay
    const peer = ['-e', '127.0.0.1', '-r', String(ports.peer)]
    const { output } = await relay.uclient('-u', user[1]!, '-w', 'x', '-p', String(ports.stun), ...peer)
    assert.match(output, /401|Unauthorized|Cannot complete Allocation/i)
  })
})
