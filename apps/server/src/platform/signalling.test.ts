import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type FlowId, silentLogger } from '@vaxel/base'
import { type Flow, parseMessage, type SipUser } from '@vaxel/sip'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { Metrics } from '../metrics.ts'
import { takeSignalling } from './signalling.ts'

type Parts = Parameters<typeof takeSignalling>

const flowOf = (id: string, protocol: Flow['protocol'] = 'tcp'): Flow => ({
  id: id as FlowId,
  protocol,
  isOpen: true,
  local: { address: '192.0.2.1', port: 5060 },
  remote: { address: '192.0.2.9', port: 40_000 },
})

function requestOf(method: string, toTag = '') {
  const parsed = parseMessage(
    Buffer.from(
      [
        `${method} sip:x.test SIP/2.0`,
        'Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK1',
        'From: <sip:a@x.test>;tag=far',
        `To: <sip:b@x.test>${toTag}`,
        'Call-ID: call',
        `CSeq: 1 ${method}`,
        'Content-Length: 0',
        '\r\n',
      ].join('\r\n'),
    ),
  )
  assert.ok(parsed.ok && parsed.message.kind === 'request')
  return parsed.message
}

/** Signalling with a trunk that is known on the flow `trunk` alone, and one call with our tag `near`. */
function signalling() {
  const proved: string[] = []
  let user!: SipUser
  const clock = new VirtualClock()
  const ground = {
    clock,
    log: silentLogger,
    store: { directory: { companies: () => [] } },
    scope: { add() {} },
    later: {},
  }
  const network = { waitingMs: () => 0, onMessage() {}, onFlowClosed() {}, proved: ({ id }: Flow) => proved.push(id) }
  const stack = {
    setUser: (given: SipUser) => (user = given),
    findUsage: (...tags: string[]) => (tags.join(' ') === 'call near far' ? {} : undefined),
  }
  const trunks = { door: { trunkAt: (_: unknown, { id }: Flow) => (id === 'trunk' ? {} : undefined) } }
  const overload = takeSignalling(
    ground as unknown as Parts[0],
    { network, stack } as unknown as Parts[1],
    { registrar: { admits: () => true } } as unknown as Parts[2],
    trunks as unknown as Parts[3],
    { calls: { trace: { see() {} } } } as unknown as Parts[4],
    {} as Parts[5],
    { messageSeen() {} } as unknown as Metrics,
  )
  overload.close()
  return { proved, user }
}

describe('what proves whose a connection is', () => {
  it('is a request of a trunk, but no registration there, and no request of a stranger', () => {
    const { proved, user } = signalling()
    for (const flow of ['trunk', 'stranger']) assert.equal(user.admits!(requestOf('OPTIONS'), flowOf(flow)), true)
    assert.deepEqual(proved, ['trunk'])
    user.admits!(requestOf('REGISTER'), flowOf('trunk'))
    assert.deepEqual(proved, ['trunk'])
  })

  it('is a request of a call that goes on, by its Call-ID and both tags', () => {
    const { proved, user } = signalling()
    const see = (way: 'in' | 'out', toTag: string, flow: Flow) =>
      user.onWire!(way, requestOf('UPDATE', toTag), flow, new Uint8Array())
    see('in', ';tag=guessed', flowOf('guesser'))
    see('in', '', flowOf('stranger'))
    see('out', ';tag=near', flowOf('ours'))
    see('in', ';tag=near', flowOf('datagram', 'udp'))
    assert.deepEqual(proved, [])
    see('in', ';tag=near', flowOf('moved phone'))
    assert.deepEqual(proved, ['moved phone'])
  })
})
