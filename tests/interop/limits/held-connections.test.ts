import assert from 'node:assert/strict'
import type { EventEmitter } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { eventually, type Platform, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { WebSocket } from 'ws'

const places = 24
const ofSource = 8
const trunkAddress = '127.0.0.9'
/** Long enough to fill all places on a busy machine, short enough to wait for. */
const strangerMs = 6_000
const strangers = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']

const request = (method: string, tags: { callId: string; from: string; to?: string }): string =>
  [
    `${method} sip:127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bK${tags.callId.replace(/\W/g, '')}x`,
    'Max-Forwards: 70',
    `From: <sip:a@127.0.0.1>;tag=${tags.from}`,
    `To: <sip:b@127.0.0.1>${tags.to ? `;tag=${tags.to}` : ''}`,
    `Call-ID: ${tags.callId}`,
    `CSeq: 1000 ${method}`,
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n')

/** As `once`, but an error is told by the end that it leads to. */
const told = (emitter: EventEmitter, name: string): Promise<void> =>
  new Promise((resolve) => emitter.once(name, () => resolve()))

/** A connection of somebody, and whether the server has ended it. */
interface Held {
  readonly isOver: () => boolean
  end(): void
}

describe('strangers that take all places for connections of a real server', () => {
  let platform: Platform
  const held: Held[] = []
  const phones: NetPhone[] = []
  before(async () => {
    const limits = `connections=${places},connectionsPerSource=${ofSource},strangerMs=${strangerMs},webSocketPingMs=1000`
    platform = await startPlatform({ environment: { VAXEL_LIMITS: limits } })
    const api = await platform.login()
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    await api.patch(`/api/v1/trunks/${items.find(({ name }) => name === 'pstn')!.id}`, {
      fromAddresses: [trunkAddress],
    })
  })
  after(async () => {
    for (const phone of phones) await phone.close()
    for (const connection of held) connection.end()
    await platform?.stop()
  })

  const phoneOf = async (user: string): Promise<NetPhone> => {
    const phone = await NetPhone.open({ user, port: platform.ports.sip, protocol: 'tcp' })
    phones.push(phone)
    return phone
  }
  /** Connects from an address, and says something that is answered unless the connection was ended first. */
  const holdBySocket = async (socket: Socket, ready: string, text: string): Promise<Held> => {
    let isOver = false
    socket.on('error', () => {})
    const closed = told(socket, 'close').then(() => (isOver = true))
    await Promise.race([told(socket, ready), closed])
    const answered = told(socket, 'data')
    socket.write(text)
    await Promise.race([answered, closed])
    const one = { isOver: () => isOver, end: () => socket.destroy() }
    held.push(one)
    return one
  }
  const overTcp = (localAddress: string, text = '\r\n\r\n') =>
    holdBySocket(connect({ host: '127.0.0.1', port: platform.ports.sip, localAddress }), 'connect', text)
  const overTls = (localAddress: string) => {
    const socket = connectTls({
      socket: connect({ host: '127.0.0.1', port: platform.ports.sips, localAddress }),
      rejectUnauthorized: false,
    })
    return holdBySocket(socket, 'secureConnect', '\r\n\r\n')
  }
  const overWebSocket = async (localAddress: string): Promise<Held> => {
    let isOver = false
    const socket = new WebSocket(platform.webSocketUrl, ['sip'], { localAddress, rejectUnauthorized: false })
    socket.on('error', () => {})
    const closed = told(socket, 'close').then(() => (isOver = true))
    await Promise.race([told(socket, 'open'), closed])
    const answered = told(socket, 'message')
    if (!isOver) socket.send('\r\n\r\n')
    await Promise.race([answered, closed])
    const one = { isOver: () => isOver, end: () => socket.terminate() }
    held.push(one)
    return one
  }
  const options = (id: string) => request('OPTIONS', { callId: id, from: id })

  it('keep no phone from registering and calling; phones that are quiet, calls and trunks keep their connections; strangers go soon', async () => {
    const quiet = await phoneOf('202')
    assert.equal(await quiet.register(), 200)
    const talking = await phoneOf('203')
    const call = await talking.call('600')
    await call.isAnswered()
    const { sipCallId: callId, localTag, remoteTag } = call.usage
    const inCall = request('OPTIONS', { callId, from: localTag, to: remoteTag! })
    const kept = { trunk: await overTcp(trunkAddress), call: await overTcp('127.0.0.8', inCall) }

    const kinds = [overTcp, overTls, overWebSocket, (from: string) => overTcp(from, options(`held-${held.length}`))]
    const first = await overTcp(strangers[0]!)
    // As many as there are places, and half as many again: each of these takes the place of another stranger.
    for (let i = 1; i < places * 1.5; i++) await kinds[i % kinds.length]!(strangers[i % strangers.length]!)
    assert.equal(first.isOver(), true)

    const newcomer = await phoneOf('204')
    assert.equal(await newcomer.register(), 200)
    const fresh = await newcomer.call('600')
    await fresh.isAnswered()
    fresh.hangUp()
    await fresh.isOver()

    const others = held.filter((one) => !Object.values(kept).includes(one))
    await eventually('all strangers are gone', () => others.every((one) => one.isOver()))
    assert.deepEqual([kept.trunk.isOver(), kept.call.isOver()], [false, false])
    const ring = quiet.nextCall()
    const toQuiet = await newcomer.call('202')
    await toQuiet.isAnswered()
    await ring
    toQuiet.hangUp()
    assert.equal(call.end, undefined)
  })
})
