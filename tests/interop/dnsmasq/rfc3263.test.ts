import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { after, before, describe, it } from 'node:test'
import { type Clock, silentLogger, systemClock } from '@vaxel/base'
import { createNetwork, type Network, type NetworkOptions } from '@vaxel/connect'
import { createSipStack, formatHost, makeResponse, parseUri, type SipStack } from '@vaxel/sip'
import { eventually, FreePorts, Program, SeededRandom, VirtualClock } from '@vaxel/testkit'

const loopback = { address: '127.0.0.1', port: 0 }
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)

/** DNS of `vaxel.test` by Debian's dnsmasq, on one loopback port and with nothing else. */
function startDnsmasq(port: number, records: readonly string[]): Program {
  return Program.start('dnsmasq', [
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--pid-file=',
    '--user=',
    '--log-facility=-',
    '--log-queries',
    '--no-resolv',
    '--no-hosts',
    '--listen-address=127.0.0.1',
    '--bind-interfaces',
    `--port=${port}`,
    '--local=/vaxel.test/',
    ...records,
  ])
}

describe('RFC 3263 with a real DNS server', () => {
  let ports: FreePorts
  let port: number
  let dnsmasq: Program
  let far: Network
  let farStack: SipStack
  let deadPort: number
  const networks: Network[] = []

  before(async () => {
    ports = await FreePorts.claim()
    port = await ports.port()
    deadPort = await ports.port()
    far = await open({ udp: [loopback], tcp: [loopback] })
    farStack = answering(far, 'far')
    const farTcp = far.endpoints().find(({ protocol }) => protocol === 'tcp')!.port
    dnsmasq = startDnsmasq(port, [
      '--naptr-record=order.vaxel.test,20,10,s,SIP+D2U,,_sip._udp.order.vaxel.test',
      '--naptr-record=order.vaxel.test,10,20,s,SIP+D2T,,_sip._tcp.order.vaxel.test',
      '--naptr-record=order.vaxel.test,10,10,S,SIPS+D2T,,_sips._tcp.order.vaxel.test',
      '--naptr-record=order.vaxel.test,1,1,s,SIP+D2W,,_sip._ws.order.vaxel.test',
      '--srv-host=_sip._udp.order.vaxel.test,one.vaxel.test,5070,1,0',
      '--srv-host=_sip._tcp.order.vaxel.test,two.vaxel.test,5072,2,0',
      '--srv-host=_sip._tcp.order.vaxel.test,one.vaxel.test,5071,1,0',
      '--srv-host=_sips._tcp.order.vaxel.test,one.vaxel.test,5073,1,0',
      '--srv-host=_sip._udp.weight.vaxel.test,one.vaxel.test,5091,1,90',
      '--srv-host=_sip._udp.weight.vaxel.test,one.vaxel.test,5090,1,10',
      '--host-record=one.vaxel.test,127.0.0.1,::1,60',
      '--host-record=two.vaxel.test,127.0.0.2,60',
      '--host-record=old.vaxel.test,127.0.0.3,60',
      `--srv-host=_sip._tcp.failover.vaxel.test,two.vaxel.test,${deadPort},1,0`,
      `--srv-host=_sip._tcp.failover.vaxel.test,four.vaxel.test,${farTcp},2,0`,
      '--host-record=four.vaxel.test,127.0.0.1,60',
    ])
    await dnsmasq.waitForOutput(/started, version/)
  })
  after(async () => {
    farStack.close()
    for (const network of networks) await network.close()
    await dnsmasq.stop()
    ports.release()
  })

  async function open(options: Partial<NetworkOptions> = {}): Promise<Network> {
    const network = await createNetwork({
      clock: systemClock,
      log: silentLogger,
      dnsServers: [`127.0.0.1:${port}`],
      udp: [{ address: hasIpv6 ? '::' : '127.0.0.1', port: 0 }],
      ...options,
    })
    networks.push(network)
    return network
  }

  /** A stack over a network that answers every request with 200 and a product of that name. */
  function answering(network: Network, product: string, clock: Clock = systemClock): SipStack {
    const stack = createSipStack({ clock, log: silentLogger, transport: network, product })
    network.onMessage((flow, bytes) => stack.receive(flow, bytes))
    network.onFlowClosed((flow) => stack.flowClosed(flow))
    stack.setUser({
      onInvite: (invite) => invite.refuse(603),
      onRequest: ({ request, respond }) => respond(makeResponse(request, 200)),
    })
    return stack
  }

  const targets = async (network: Network, uri: string): Promise<string[]> =>
    (await network.resolve(parseUri(uri)!)).map(
      (target) => `${target.protocol} ${formatHost(target.address, target.port)}`,
    )
  const six = (...texts: string[]): string[] => (hasIpv6 ? texts : [])

  it('follows NAPTR by order and preference, then SRV by priority, then addresses of both families (§4.1, §4.2)', async () => {
    const network = await open()
    assert.deepEqual(await targets(network, 'sip:201@order.vaxel.test'), [
      ...six('tls [::1]:5073'),
      'tls 127.0.0.1:5073',
      ...six('tcp [::1]:5071'),
      'tcp 127.0.0.1:5071',
      'tcp 127.0.0.2:5072',
      ...six('udp [::1]:5070'),
      'udp 127.0.0.1:5070',
    ])
  })

  it('asks only for what the URI leaves open: transport, sips, port', async () => {
    const network = await open()
    assert.deepEqual(await targets(network, 'sip:order.vaxel.test;transport=udp'), [
      ...six('udp [::1]:5070'),
      'udp 127.0.0.1:5070',
    ])
    assert.deepEqual(await targets(network, 'sips:order.vaxel.test'), [...six('tls [::1]:5073'), 'tls 127.0.0.1:5073'])
    assert.deepEqual(await targets(network, 'sip:two.vaxel.test:5099'), ['udp 127.0.0.2:5099'])
    assert.deepEqual(await targets(network, 'sip:two.vaxel.test'), ['udp 127.0.0.2:5060'])
    assert.deepEqual(await targets(network, 'sip:nowhere.vaxel.test'), [])
  })

  it('shares requests between servers of one priority by their weight (RFC 2782)', async () => {
    const network = await open({ random: new SeededRandom(1).bytes })
    let light = 0
    for (let i = 0; i < 500; i++) if ((await targets(network, 'sip:weight.vaxel.test'))[0]!.endsWith(':5090')) light++
    assert.ok(light > 25 && light < 90, `a weight of 10 in 100 came first in ${light} of 500`)
  })

  it('brings a request to the second server when the first refuses the connection, and goes there at once the next time (§4.3)', async () => {
    const network = await open()
    const stack = answering(network, 'near')
    const uri = 'sip:failover.vaxel.test;transport=tcp'
    const first = (await targets(network, uri))[0]
    assert.equal(first, `tcp 127.0.0.2:${deadPort}`)
    const outcome = await stack.request({ method: 'OPTIONS', uri, from: '<sip:near@vaxel.test>', to: `<${uri}>` })
    assert.equal(outcome.kind === 'response' && outcome.response.status, 200)
    assert.equal(outcome.kind === 'response' && outcome.response.headers.get('Server'), 'far')
    assert.equal((await targets(network, uri)).at(-1), first)
    stack.close()
  })

  it('goes on with what it knew while the server is dead, past the end of the answers (RFC 8767), and takes news when it is back', async () => {
    const clock = new VirtualClock()
    const network = await open({ clock })
    const ask = async (uri: string): Promise<string[]> => {
      const asking = targets(network, uri)
      let isDone = false
      void asking.then(() => (isDone = true))
      while (!isDone) await new Promise((resolve) => setImmediate(resolve))
      return asking
    }
    assert.deepEqual(await ask('sip:old.vaxel.test:5060'), ['udp 127.0.0.3:5060'])
    await dnsmasq.stop()
    clock.advance(61_000)
    assert.deepEqual(await ask('sip:old.vaxel.test:5060'), ['udp 127.0.0.3:5060'])
    assert.deepEqual(await ask('sip:never-asked.vaxel.test:5060'), [])
    dnsmasq = startDnsmasq(port, ['--host-record=old.vaxel.test,127.0.0.4,60'])
    await dnsmasq.waitForOutput(/started, version/)
    await eventually('DNS is seen to be back', () => {
      // In steps, so that the real answer comes before the virtual patience is over.
      clock.advance(200)
      return network.warnings().length === 0
    })
    assert.deepEqual(await ask('sip:old.vaxel.test:5060'), ['udp 127.0.0.4:5060'])
  })
})
