import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { attribute, method, writeFrame } from './stun-codec.ts'
import { credentialLifetimeMs } from './turn-credentials.ts'
import { codeOf, FixtureClient, frameOf, media, turnServer, udpTransport, wallMs } from './turn-client.fixture.ts'

const channel = [attribute.channelNumber, Uint8Array.of(0x40, 1, 0, 0)] as const
const audio = Buffer.from('80080000', 'hex')

function allocated() {
  const { server, credentials } = turnServer()
  const client = new FixtureClient(server, credentials.issue('anna', wallMs))
  client.allocate()
  return { server, credentials, client }
}

describe('a relay (RFC 8656)', () => {
  it('challenges strangers with few bytes, and takes who proves a credential of ours', () => {
    const { server, credentials } = turnServer()
    const client = new FixtureClient(server, credentials.issue('anna', wallMs))
    const challenge = client.send(method.allocate, udpTransport)
    assert.equal(codeOf(challenge), 401)
    assert.ok(frameOf(challenge).bytes.length <= 80, 'at most three times the question')
    client.greet()
    assert.equal(client.send(method.allocate, udpTransport).do, 'bind')
  })

  it('refuses a wrong password, a made-up name, an expired one, and a nonce that is not ours (§5)', () => {
    const { server, credentials } = turnServer()
    const right = credentials.issue('anna', wallMs)
    const old = credentials.issue('anna', wallMs - credentialLifetimeMs - 1000)
    for (const [port, who] of [{ ...right, credential: 'x' }, { username: 'anna', credential: 'x' }, old].entries()) {
      const client = new FixtureClient(server, who, port + 1)
      client.greet()
      assert.equal(client.ask(method.allocate, udpTransport), 401)
    }
    const client = new FixtureClient(server, right, 9)
    client.nonce = Buffer.from('0'.repeat(24))
    assert.equal(client.ask(method.allocate, udpTransport), 438)
    client.greet()
    assert.equal(client.ask(method.allocate, udpTransport, 3_601_000), 438, 'an hour later')
  })

  it('says what is wrong with a request to allocate (§7.2)', () => {
    const { server, credentials } = turnServer({ perUser: 1, inAll: 2 })
    const ask = (port: number, attributes: Parameters<FixtureClient['ask']>[1], user = 'anna') => {
      const client = new FixtureClient(server, credentials.issue(user, wallMs), port)
      client.greet()
      const action = client.send(method.allocate, attributes)
      return action.do === 'bind' ? 200 : codeOf(action)
    }
    assert.equal(ask(1, []), 400)
    assert.equal(ask(2, [[attribute.requestedTransport, Uint8Array.of(6, 0, 0, 0)]]), 442)
    assert.equal(ask(3, [...udpTransport, [attribute.requestedAddressFamily, Uint8Array.of(2, 0, 0, 0)]]), 440)
    assert.equal(ask(4, [...udpTransport, [attribute.evenPort, Uint8Array.of(0x80)]]), 508)
    assert.equal(ask(5, [...udpTransport, [0x7777, Uint8Array.of(1)]]), 420)
    assert.equal(ask(6, udpTransport), 200)
    assert.equal(ask(7, udpTransport), 486, 'one each')
    assert.equal(ask(8, udpTransport, 'bertil'), 200)
    assert.equal(ask(9, udpTransport, 'cecilia'), 508, 'two in all')
  })

  it('relays to our own media and nowhere else: 403', () => {
    const { client } = allocated()
    assert.equal(client.askAbout(method.createPermission, { address: '192.0.2.10', port: 5004 }), 403)
    assert.equal(client.askAbout(method.createPermission, { address: '127.0.0.1', port: 5004 }), 403)
    assert.equal(client.askAbout(method.channelBind, { ...media, port: 22 }, [channel]), 403)
    assert.equal(client.askAbout(method.createPermission, media), 200)
    assert.equal(client.indicate({ ...media, port: 22 }, audio).do, 'ignore')
    assert.equal(client.indicate({ address: '192.0.2.10', port: 5004 }, audio).do, 'ignore')
    assert.equal(client.askAbout(method.createPermission, { address: '2001:db8::1', port: 5004 }), 443)
  })

  it('carries indications both ways while there is permission (§10, §11)', () => {
    const { server, client } = allocated()
    assert.equal(client.indicate(media, audio).do, 'ignore')
    client.askAbout(method.createPermission, media)
    const out = client.indicate(media, audio)
    assert.ok(out.do === 'relay' && Buffer.from(out.bytes).equals(audio))
    const back = server.receiveFromPeer(out.allocation, audio, media, 0)
    assert.equal(frameOf(back).method, method.data)
    assert.equal(server.receiveFromPeer(out.allocation, audio, { ...media, port: 9 }, 0).do, 'ignore')
    assert.equal(client.indicate(media, audio, 301_000).do, 'ignore', 'after five minutes')
  })

  it('carries channels both ways, padded (§12)', () => {
    const { server, client } = allocated()
    assert.equal(client.askAbout(method.channelBind, media, [channel]), 200)
    assert.equal(client.askAbout(method.channelBind, media, [[channel[0], Uint8Array.of(0x40, 2, 0, 0)]]), 400)
    const out = server.receive(client.at, Buffer.from('4001000380080000', 'hex'), 0)
    assert.ok(out.do === 'relay' && out.bytes.length === 3)
    const back = server.receiveFromPeer(out.allocation, audio.subarray(0, 3), media, 0)
    assert.ok(back.do === 'deliver' && Buffer.from(back.bytes).toString('hex') === '4001000380080000')
    assert.equal(server.receive(client.at, Buffer.from('4001000980080000', 'hex'), 0).do, 'ignore', 'cut short')
  })

  it('carries no more than so many bytes a second', () => {
    const { server, client } = allocated()
    client.askAbout(method.channelBind, media, [channel])
    const packet = Buffer.concat([Buffer.from('400103e8', 'hex'), Buffer.alloc(1000)])
    const relayed = Array.from({ length: 2000 }, () => server.receive(client.at, packet, 0).do)
    const count = relayed.filter((what) => what === 'relay').length
    assert.equal(count, Math.floor(500_000 / 1060))
  })

  it('ends with its lifetime, its connection, or when it is told to; a credential that expires ends none', () => {
    const { server, client, credentials } = allocated()
    assert.equal(server.expire(599_000).length, 0)
    assert.equal(client.ask(method.refresh, [[attribute.lifetime, Uint8Array.of(0, 0, 255, 255)]], 500_000), 200)
    assert.equal(server.expire(4_000_000).length, 0)
    assert.equal(server.expire(4_100_001).length, 1, 'an hour is the longest')
    client.allocate()
    const ended = client.send(method.refresh, [[attribute.lifetime, Uint8Array.of(0, 0, 0, 0)]])
    assert.ok(ended.do === 'reply' && ended.unbind)
    assert.equal(client.ask(method.refresh, []), 437)
    client.allocate()
    assert.equal(server.clientGone(client.at).do, 'unbind')
    assert.equal(server.size, 0)
    const other = new FixtureClient(server, credentials.issue('bertil', wallMs))
    client.allocate()
    other.greet()
    assert.equal(other.ask(method.refresh, []), 441, 'of another user')
    assert.equal(client.ask(method.allocate, udpTransport), 437, 'a second one')
  })

  it('gives all who check a network the relays of one user', () => {
    const { server, credentials } = turnServer({ perUser: 2 })
    const check = { purpose: 'check', lifetimeMs: 900_000 } as const
    const codes = [1, 2, 3].map((port) => {
      const client = new FixtureClient(server, credentials.issue(`check-${port}`, wallMs, '', check), port)
      client.greet()
      const action = client.send(method.allocate, udpTransport)
      return action.do === 'bind' ? 200 : codeOf(action)
    })
    assert.deepEqual(codes, [200, 200, 486])
  })

  it('ends the relay of a check with its credential, and that of a login never', () => {
    let passedMs = 0
    const { server, credentials } = turnServer({}, () => wallMs + passedMs)
    const check = { purpose: 'check', lifetimeMs: 900_000 } as const
    const ofCheck = new FixtureClient(server, credentials.issue('c', wallMs, '', check), 1)
    const ofLogin = new FixtureClient(server, credentials.issue('anna', wallMs), 2)
    for (const client of [ofCheck, ofLogin]) client.allocate()
    passedMs = 899_000
    assert.equal(ofCheck.ask(method.refresh, []), 200)
    passedMs = 900_000
    assert.equal(ofCheck.ask(method.refresh, []), 401)
    passedMs = 2 * credentialLifetimeMs
    assert.equal(ofLogin.ask(method.refresh, []), 200)
  })

  it('survives anything, and answers strangers with at most three times their bytes', () => {
    const { server, client } = allocated()
    const cookieAndId = Buffer.concat([Buffer.from('2112a442', 'hex'), Buffer.alloc(12, 1)])
    const methods = Object.values(method)
    const message = fc
      .tuple(
        fc.constantFrom(...methods),
        fc.array(
          fc.tuple(
            fc.constantFrom(...Object.values(attribute).filter((one) => one !== attribute.fingerprint)),
            fc.uint8Array({ maxLength: 40 }),
          ),
          { maxLength: 8 },
        ),
      )
      .map(([what, attributes]) => writeFrame({ class: 'request', method: what, cookieAndId, attributes }))
    const stranger = { ...client.at, key: 'stranger' }
    fc.assert(
      fc.property(fc.oneof(message, fc.uint8Array({ maxLength: 200 })), fc.boolean(), (bytes, isKnown) => {
        const action = server.receive(isKnown ? client.at : stranger, bytes, 0)
        assert.ok(action.do === 'ignore' || action.do === 'reply', action.do)
        if (action.do === 'reply') assert.ok(action.bytes.length <= Math.max(80, 3 * bytes.length + 48))
      }),
      { numRuns: 1000, seed: 8656 },
    )
    assert.equal(server.size, 1)
  })
})
