import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { content, FakeVisitor, openServer, RawClient, readAll } from './ftps-under-test.ts'
import type { FtpsServer } from './ftps-server.ts'

describe('the file server, spoken to by hand', () => {
  let server: FtpsServer
  let visitor: FakeVisitor
  let port: number
  const clients: RawClient[] = []
  const kept = (client: RawClient): RawClient => {
    clients.push(client)
    return client
  }
  before(async () => {
    visitor = new FakeVisitor()
    server = await openServer(visitor, { connectionsPerSource: 3 }, [42_000, 42_001])
    port = server.ports.explicit!
  })
  beforeEach(async () => {
    for (const client of clients.splice(0)) {
      client.close()
    }
    while (server.counts().connections > 0) await new Promise((resolve) => setImmediate(resolve))
    Object.assign(visitor, { needsSessionReuse: true, isGood: true })
  })
  after(async () => {
    for (const client of clients) client.close()
    await server.close()
  })

  it('hears neither name nor password before TLS', async () => {
    const client = kept(await RawClient.open(port))
    assert.match(await client.ask('USER a@b.test'), /^530 /)
    assert.match(await client.ask('PASS right'), /^530 /)
    assert.match(await client.ask('LIST'), /^530 /)
    assert.match(await client.ask('AUTH SSL'), /^504 /)
    assert.match(await client.ask('FEAT'), /^211 /)
  })

  it('does not take for encrypted what came in plain behind AUTH', async () => {
    const client = kept(await RawClient.open(port))
    client.socket.write('AUTH TLS\r\nUSER a@b.test\r\n')
    assert.match(await client.reply(), /^421 /)
    assert.equal(await client.reply(), 'closed')
  })

  it('sends files over encrypted data connections only', async () => {
    const client = kept(await RawClient.open(port))
    await client.ask('AUTH TLS')
    await client.startTls()
    await client.ask('USER a@b.test')
    assert.match(await client.ask('PASS right'), /^230 /)
    assert.match(await client.ask('EPSV'), /^522 /)
    assert.match(await client.ask('PROT P'), /^503 /)
    await client.ask('PBSZ 0')
    assert.match(await client.ask('PROT C'), /^536 /)
    assert.match(await client.ask('CCC'), /^534 /)
  })

  it('gives a file whole, and from a byte on, and tells who reads from where', async () => {
    const client = kept(await RawClient.logIn(port))
    const whole = await client.data()
    client.say('RETR /2026/a.wav')
    assert.deepEqual(await readAll(whole), content)
    assert.match(await client.reply(), /^150 /)
    assert.match(await client.reply(), /^226 /)
    assert.match(await client.ask('REST 299990'), /^350 /)
    const rest = await client.data()
    client.say('RETR 2026/a.wav')
    assert.deepEqual(await readAll(rest), content.subarray(299_990))
    assert.deepEqual(visitor.opened.slice(-2), ['2026/a.wav from 0', '2026/a.wav from 299990'])
    assert.match(await client.reply(), /^150 /)
    assert.match(await client.reply(), /^226 /)
    assert.match(await client.ask('REST 300001'), /^350 /)
    await client.data()
    assert.match(await client.ask('RETR 2026/a.wav'), /^554 /)
  })

  it('refuses a data connection that does not resume the session of its control connection', async () => {
    const client = kept(await RawClient.logIn(port))
    const data = await client.data(false)
    client.say('LIST')
    assert.match(await client.reply(), /^150 /)
    assert.match(await client.reply(), /^522 /)
    assert.equal((await readAll(data)).length, 0)
    const other = kept(await RawClient.logIn(port))
    client.session = other.session
    await client.data()
    client.say('LIST')
    assert.match(await client.reply(), /^150 /)
    assert.match(await client.reply(), /^522 /)
    visitor.needsSessionReuse = false
    const taken = await client.data(false)
    client.say('NLST')
    assert.equal((await readAll(taken)).toString(), '2026\r\n')
  })

  it('lets nobody else take a data connection', async () => {
    const client = kept(await RawClient.logIn(port))
    const stranger = await client.data(true, '127.0.0.2')
    await new Promise((resolve) => stranger.once('close', resolve))
    assert.equal(server.counts().dataPorts, 1)
  })

  it('has a port for each connection, and gives them back', async () => {
    const first = kept(await RawClient.logIn(port))
    const second = kept(await RawClient.logIn(port))
    const third = kept(await RawClient.logIn(port))
    await first.ask('EPSV')
    await second.ask('PASV')
    assert.match(await third.ask('EPSV'), /^425 /)
    first.close()
    while (server.counts().dataPorts > 1) await new Promise((resolve) => setImmediate(resolve))
    assert.match(await third.ask('EPSV'), /^229 /)
    assert.match(await third.ask('EPSV'), /^229 /)
    assert.equal(server.counts().dataPorts, 2)
  })

  it('opens no connections itself, and writes nothing', async () => {
    const client = kept(await RawClient.logIn(port))
    for (const line of ['PORT 127,0,0,1,4,1', 'EPRT |1|127.0.0.1|1025|']) assert.match(await client.ask(line), /^500 /)
    for (const line of [
      'STOR x',
      'APPE x',
      'DELE /2026/a.wav',
      'MKD x',
      'RMD 2026',
      'RNFR 2026',
      'SITE CHMOD 777 2026',
    ])
      assert.match(await client.ask(line), /^550 /, line)
    assert.match(await client.ask('XYZ'), /^502 /)
    assert.match(await client.ask('constructor'), /^500 /)
    assert.match(await client.ask('__PR'), /^500 /)
  })

  it('shows its own tree and nothing else', async () => {
    const client = kept(await RawClient.logIn(port))
    for (const line of ['CWD ..', 'CWD ../../..', 'CDUP']) assert.match(await client.ask(line), /^250 Now in \/$/)
    assert.match(await client.ask('SIZE /etc/passwd'), /^550 /)
    assert.match(await client.ask('SIZE 2026/../../../../etc/passwd'), /^550 /)
    assert.match(await client.ask('CWD 2026'), /^250 /)
    assert.equal(await client.ask('PWD'), '257 "/2026" is where you are')
    assert.equal(await client.ask('SIZE a.wav'), '213 300000')
    assert.equal(await client.ask('MDTM a.wav'), '213 19700101000000')
    client.say('MLST a.wav')
    assert.match(await client.reply(), /^250 End/)
  })

  it('ends a connection on which passwords are guessed, or that says too much', async () => {
    const guessing = kept(await RawClient.openImplicit(server.ports.implicit!))
    for (const code of [530, 530, 421]) {
      assert.match(await guessing.ask('USER a@b.test'), /^331 /)
      assert.match(await guessing.ask('PASS wrong'), new RegExp(`^${code} `))
    }
    assert.equal(await guessing.reply(), 'closed')
    const long = kept(await RawClient.openImplicit(server.ports.implicit!))
    long.socket.write('x'.repeat(5000))
    assert.match(await long.reply(), /^421 /)
    const many = kept(await RawClient.openImplicit(server.ports.implicit!))
    many.socket.write('NOOP\r\n'.repeat(1000))
    assert.match(await many.reply(), /^421 /)
  })

  it('takes so many connections from one source', async () => {
    for (let i = 0; i < 3; i++) kept(await RawClient.open(port))
    const fourth = kept(new RawClient((await RawClient.open(port)).socket))
    assert.equal(await fourth.reply(), 'closed')
  })

  it('ends the connection of an account that does not count any more, with the next command', async () => {
    const client = kept(await RawClient.logIn(port))
    visitor.isGood = false
    assert.match(await client.ask('LIST'), /^421 /)
  })

  it('breaks a transfer off when it is told ABOR', async () => {
    const client = kept(await RawClient.logIn(port))
    const data = await client.data()
    data.pause()
    client.say('RETR 2026/a.wav')
    assert.match(await client.reply(), /^150 /)
    client.say('ABOR')
    // What fits into buffers may all be on its way already.
    assert.match(await client.reply(), /^(426|226) /)
    assert.match(await client.reply(), /^226 /)
  })
})
