import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hasOwnNetwork, runInOwnNetwork, runTool } from '@vaxel/testkit'
import { type RelayAt, startRelayAt } from './relay-at.ts'

if (hasOwnNetwork())
  describe("coturn's client at our relay over IPv6", { concurrency: 3 }, () => {
    let relay: RelayAt
    before(async () => {
      runTool('sh', ['-c', 'echo 0 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip link set lo down; ip link set lo up'])
      relay = await startRelayAt('::1')
    })
    after(() => relay?.close())

    const ways: Readonly<Record<string, readonly string[]>> = {
      UDP: [],
      TCP: ['-t'],
      'TLS on the web port': ['-t', '-S'],
    }
    for (const [name, flags] of Object.entries(ways))
      it(`has every message back over ${name}, relayed to an IPv6 peer`, async () => {
        const { ports, user } = relay
        const port = String(flags.includes('-S') ? ports.https : ports.stun)
        const peer = ['-e', '::1', '-r', String(ports.peer)]
        const { output, received, lost } = await relay.uclient('-x', ...flags, ...user, '-p', port, ...peer)
        assert.equal(received, 50, output.slice(-3000))
        assert.equal(lost, 0, output.slice(-1000))
      })
  })
else
  it("coturn's client at our relay over IPv6, in a network of its own", async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
