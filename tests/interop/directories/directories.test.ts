import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { directoryPresets } from '@vaxel/contract'
import { eventually, FreePorts, temporaryFolder } from '@vaxel/testkit'
import { type ApiPlatform, startApi } from '../../api/api-platform.ts'
import type { CheckedClient } from '../../api/checked-client.ts'
import { jpeg, peopleLdif } from './people-ldif.ts'
import { base, people, reader, Slapd } from './slapd.ts'

const path = '/api/v1/external-directories'
const count = 2000
const limitMs = 60_000

describe('contacts from OpenLDAP', () => {
  let slapd: Slapd
  let api: ApiPlatform
  let admin: CheckedClient
  let user: CheckedClient
  let id: string
  const settings = (more: object = {}) => ({
    ...directoryPresets.openLdap,
    server: { host: 'localhost', port: slapd.securePort, security: 'tls' },
    trusted: slapd.pem,
    bindDn: reader.dn,
    base: people,
    scope: 'subtree',
    ...more,
  })
  const tried = async (more: object, password: string | undefined = reader.password) => {
    const { status, body } = await admin.ask('POST', `${path}/test`, { ...settings(more), password })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  const health = async () => (await admin.ask('GET', path)).body.items[0]?.health
  const found = async (typed: string, client = user) =>
    (await client.ask('GET', `/api/v1/directory?kind=shared&q=${encodeURIComponent(typed)}`)).body
  const namesOf = async (typed: string) => (await found(typed)).items.map(({ name }: { readonly name: string }) => name)
  /** Reads it now, and waits until it was read. */
  const readNow = async (what = 'read') => {
    const before = (await health()).readAt
    api.clock.advance(1000)
    assert.equal((await admin.ask('POST', `${path}/${id}/${what}`)).status, 200)
    return eventually(
      'it was read',
      async () => {
        const now = await health()
        return now.state === 'well' && now.readAt !== before && now
      },
      limitMs,
    )
  }
  before(async () => {
    const free = await FreePorts.claim()
    const folder = temporaryFolder('slapd')
    const [port, securePort] = [await free.port(), await free.port()]
    slapd = await Slapd.start({ folder, port, securePort, ldif: peopleLdif(count) })
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
  })
  after(async () => {
    await api?.close()
    await slapd?.stop()
  })

  it('shows the first entries as they would be, by TLS, by StartTLS, and by neither when somebody wants that', async () => {
    for (const server of [
      { host: 'localhost', port: slapd.securePort, security: 'tls' },
      { host: 'localhost', port: slapd.port, security: 'starttls' },
      { host: '127.0.0.1', port: slapd.port, security: 'none' },
    ]) {
      const { isWell, entries, looked, leftOut, unused } = await tried({ server })
      assert.deepEqual([isWell, entries.length, looked], [true, 10, 50], server.security)
      const one = entries.find(({ dn }: { readonly dn: string }) => dn === `uid=p0,${people}`)
      assert.deepEqual(
        [one.name, one.title, one.department, one.emails, one.numbers, one.hasPhoto],
        [
          'Åsa Ångström 0',
          'Ingenjör',
          'Avdelning 0',
          ['p0@acme.test'],
          [
            { number: '+46846510000', kind: 'work' },
            { number: '+46846610000', kind: 'work' },
            { number: '+46701740000', kind: 'mobile' },
          ],
          true,
        ],
      )
      assert.deepEqual(leftOut.examples, ["ask 'Anna' in room 0815!"])
      assert.deepEqual(unused.toSorted(), [
        'displayName',
        'facsimileTelephoneNumber',
        'homePhone',
        'l',
        'o',
        'ou',
        'roomNumber',
      ])
    }
  })

  it('says what is wrong with settings', async () => {
    const other = createServer((socket) => socket.end('220 mail.test ESMTP\r\n'))
    const heard: Buffer[] = []
    const echo = createServer((socket) => {
      socket.on('data', (data) => {
        heard.push(data)
        socket.destroy()
      })
    })
    const portOf = async (server: Server) => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return (server.address() as AddressInfo).port
    }
    const at = (port: number, security: string) => ({ server: { host: '127.0.0.1', port, security } })
    const smtp = await portOf(other)
    const cases: readonly (readonly [object, string, string?])[] = [
      [{}, 'login', 'wrong'],
      [{ bindDn: `cn=nobody,${base}` }, 'login'],
      [{ trusted: undefined }, 'certificate'],
      [{ server: { host: '127.0.0.1', port: slapd.securePort, security: 'tls' } }, 'certificate'],
      [{ server: { host: 'no-such-host.invalid', port: 636, security: 'tls' } }, 'name'],
      [at(1, 'tls'), 'port'],
      [at(smtp, 'none'), 'protocol'],
      [at(smtp, 'starttls'), 'protocol'],
      [at(slapd.port, 'tls'), 'tls'],
      [{ server: { host: '169.254.169.254', port: 389, security: 'none' } }, 'network'],
      [{ base: `ou=elsewhere,${base}` }, 'base'],
      [{ base: 'no dn at all' }, 'base'],
      [{ mapping: { ...directoryPresets.openLdap.mapping, id: 'employeeNumber' } }, 'identity'],
    ]
    for (const [more, trouble, password] of cases) {
      const said = await tried(more, password ?? reader.password)
      assert.deepEqual([said.isWell, said.trouble], [false, trouble], JSON.stringify([more, said]))
    }
    const wrong = await admin.ask('POST', `${path}/test`, { ...settings({ filter: '(&(cn=a)', trusted: 'PEM' }) })
    assert.equal(wrong.status, 400)
    assert.deepEqual(
      wrong.body.mistakes.map((mistake: { readonly path: string }) => mistake.path),
      ['/filter', '/password', '/trusted'],
    )
    // What an administrator has typed reaches nobody who has not shown that it is a directory.
    other.close()
    const silent = await portOf(echo)
    assert.equal((await tried(at(silent, 'none'), 'secret')).trouble, 'protocol')
    assert.ok(heard.length > 0)
    assert.doesNotMatch(Buffer.concat(heard).toString('latin1'), /secret|reader/)
    echo.close()
  })

  it('takes everybody over, who are found by name and number, with photos', async () => {
    const made = await admin.ask('POST', path, {
      ...settings(),
      name: 'Acme',
      isOn: true,
      pollMinutes: 15,
      skipsColleagues: true,
      password: reader.password,
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    ;({ id } = made.body)
    assert.equal(made.body.hasPassword, true)
    assert.doesNotMatch(JSON.stringify(made.body), /read only/)
    const { contacts, leftOut, changed } = await eventually(
      'it was read',
      async () => {
        const now = await health()
        return now.state === 'well' && now
      },
      limitMs,
    )
    assert.deepEqual([contacts, changed.made, leftOut.numbers], [count, count, 4])
    assert.deepEqual(await namesOf('grossmann 1801'), ['Björn Großmann 1801'])
    assert.deepEqual(await namesOf('elodie lefevre 1982'), ['Élodie Lefèvre 1982'])
    assert.deepEqual(await namesOf('08-466 119 90'), ['Élodie Öberg 1990'])
    const { items } = await found('p1900@acme.test')
    assert.equal(items.length, 1)
    const photo = await fetch(`${api.url}/api/v1/directory/cards/${items[0].id}/photo`, {
      headers: { authorization: `Bearer ${user.token}` },
    })
    assert.equal(photo.headers.get('content-type'), 'image/jpeg')
    assert.deepEqual(Buffer.from(await photo.arrayBuffer()), jpeg(items[0].name))
    const caller = await user.ask('GET', '/api/v1/directory/by-number?numbers=%2B46846511990')
    assert.deepEqual(
      caller.body.items.map(({ entry }: { readonly entry: { readonly name: string } }) => entry.name),
      ['Élodie Öberg 1990'],
    )
  })

  it('lets nobody here change what is from there, and says where it is from', async () => {
    const { items } = await found('08-465 100 03')
    const card = await admin.ask('GET', `/api/v1/directory/cards/${items[0].id}`)
    assert.deepEqual([card.body.from, card.body.mayChange], ['Acme', false])
    assert.equal((await admin.ask('PATCH', `/api/v1/contacts/${items[0].id}`, { name: 'Other' })).status, 403)
    assert.equal((await admin.ask('DELETE', `/api/v1/contacts/${items[0].id}`)).status, 403)
    assert.equal((await user.ask('GET', path)).status, 403)
  })

  it('takes over what has changed there and nothing else, and removes who is gone', async () => {
    slapd.modify(`dn: uid=p3,${people}
changetype: modify
replace: title
title: Chef
-
replace: jpegPhoto
jpegPhoto:: ${jpeg('new').toString('base64')}

dn: uid=p4,${people}
changetype: modify
replace: mail
mail: 210@demo.vaxel.test

dn: uid=p5,${people}
changetype: delete

dn: uid=new,${people}
changetype: add
objectClass: inetOrgPerson
cn: *)(uid=*
sn: Inject
telephoneNumber: 4711

`)
    const { contacts, changed, leftOut } = await readNow()
    assert.deepEqual([changed.made, changed.changed, changed.removed], [1, 1, 2])
    assert.deepEqual([contacts, leftOut.colleagues], [count - 1, 1])
    const { items } = await found('08-465 100 03')
    assert.deepEqual([items[0].title, items[0].photo?.length], ['Chef', 16])
    assert.deepEqual(await namesOf('4711'), ['*)(uid=*'])
    assert.deepEqual((await namesOf('08-465 100 05')).length, 0)
  })

  it('asks by the mark of changes alone for what is new, as often as it is set to', async () => {
    const before = await health()
    slapd.modify(`dn: uid=p8,${people}
changetype: modify
replace: mobile
mobile: 0709998877

dn: uid=p9,${people}
changetype: delete
`)
    api.clock.advance(15 * 60_000)
    const now = await eventually(
      'it was read again',
      async () => {
        const seen = await health()
        return seen.state === 'well' && seen.readAt !== before.readAt && seen
      },
      limitMs,
    )
    assert.equal(now.comparedAt, before.comparedAt)
    assert.deepEqual([now.changed.made, now.changed.changed, now.changed.removed], [0, 1, 0])
    assert.deepEqual(await namesOf('070-999 88 77'), ['Åsa Lefèvre 8'])
    const { changed } = await readNow()
    assert.equal(changed.removed, 1)
  })

  it('keeps the last truth while the server is away, says so, and goes on when it is back', async () => {
    await slapd.stop()
    assert.equal((await admin.ask('POST', `${path}/${id}/read`)).status, 200)
    const { failing, contacts } = await eventually(
      'it fails',
      async () => {
        const now = await health()
        return now.state === 'failing' && now
      },
      limitMs,
    )
    assert.deepEqual([failing.trouble, contacts], ['port', count - 2])
    assert.deepEqual(await namesOf('grossmann 1801'), ['Björn Großmann 1801'])
    await slapd.startAgain()
    const { failing: over } = await readNow()
    assert.equal(over, undefined)
    const kinds = (await admin.ask('GET', '/api/v1/audit?limit=50')).status
    assert.equal(kinds, 200)
  })

  it('does not believe a directory that has suddenly lost most people, until an administrator does', async () => {
    slapd.modify(`dn: cn=reader,${base}
changetype: modify
replace: userPassword
userPassword: other
`)
    assert.equal((await admin.ask('POST', `${path}/${id}/read`)).status, 200)
    await eventually('the login is refused', async () => (await health()).failing?.trouble === 'login', limitMs)
    const password = 'other'
    const narrow = { filter: '(uid=p11*)', password }
    assert.equal((await admin.ask('PATCH', `${path}/${id}`, narrow)).status, 200)
    const { held, contacts } = await eventually(
      'it is held',
      async () => {
        const now = await health()
        return now.state === 'well' && now.held !== undefined && now
      },
      limitMs,
    )
    assert.deepEqual([held.known, held.missing, contacts], [count - 2, count - 2 - 111, count - 2])
    const { contacts: left, held: none } = await readNow('accept-missing')
    assert.deepEqual([left, none], [111, undefined])
    assert.equal((await admin.ask('POST', `${path}/${id}/accept-missing`)).status, 409)
  })

  it('keeps its password from another server, and takes its contacts along when it goes', async () => {
    const moved = await admin.ask('PATCH', `${path}/${id}`, { server: { host: 'localhost', port: 1, security: 'tls' } })
    assert.equal(moved.status, 400)
    assert.equal(moved.body.mistakes[0].path, '/password')
    assert.equal((await admin.ask('DELETE', `${path}/${id}`)).status, 204)
    assert.equal((await found('acme.test')).total, 0)
    assert.deepEqual((await admin.ask('GET', path)).body.items, [])
  })
})
