import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

/** The smallest PNG there is. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const namesOf = ({ body }: { body: { items: { name: string }[] } }): string[] => body.items.map(({ name }) => name)
const find = (client: CheckedClient, typed: string, more = '') =>
  client.ask('GET', `/api/v1/directory?q=${encodeURIComponent(typed)}${more}`)

describe('the directory', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let attendant: CheckedClient
  let user: CheckedClient
  let stranger: CheckedClient
  const idOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!.id
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    attendant = await api.client.logIn('203@demo.vaxel.test', 'demo-203')
    user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
    const other = await admin.ask('POST', '/api/v1/companies', { name: 'Other AB', domain: 'other.example' })
    const made = await admin.ask('POST', `/api/v1/users?companyId=${other.body.id}`, {
      name: 'olle',
      displayName: 'Olle Other',
      role: 'administrator',
      password: 'a-password-of-olle',
    })
    assert.equal(made.status, 201)
    stranger = await api.client.logIn('olle@other.example', 'a-password-of-olle')
  })
  after(() => api.close())

  it('finds colleagues without accents, by inner words and by any part of a number', async () => {
    assert.deepEqual(namesOf(await find(user, 'asa')), ['Åsa Nyström'])
    assert.deepEqual(namesOf(await find(user, 'NYSTROM')), ['Åsa Nyström'])
    assert.deepEqual(namesOf(await find(user, '08-465 004 07')), ['Åsa Nyström'])
    assert.deepEqual(namesOf(await find(user, '+46846500407')), ['Åsa Nyström'])
    assert.deepEqual(namesOf(await find(user, '207', '&kind=colleague')), ['Åsa Nyström'])
    const { body } = await find(user, 'asa')
    assert.deepEqual(body.items[0].numbers, [
      { number: '207', text: '207', kind: 'extension' },
      { number: '+46846500407', text: '08-465 004 07', kind: 'work' },
    ])
  })

  it('lists everybody page by page in the order of a language', async () => {
    const names: string[] = []
    let after = ''
    do {
      const page = await find(user, '', `&kind=colleague&language=sv&limit=7${after && `&after=${after}`}`)
      assert.equal(page.body.total, 20)
      names.push(...namesOf(page))
      after = page.body.next ?? ''
    } while (after)
    assert.deepEqual(names, [...names].sort(new Intl.Collator('sv').compare))
    assert.equal(new Set(names).size, 20)
    assert.equal(names.at(-1), 'Åsa Nyström')
    assert.notEqual(namesOf(await find(user, '', '&kind=colleague&language=en&limit=100')).at(-1), 'Åsa Nyström')
  })

  it('answers ten people in less than 4 KB', async () => {
    const { body } = await find(user, '', '&limit=10')
    assert.equal(body.items.length, 10)
    assert.ok(JSON.stringify(body).length < 4096)
  })

  it('takes whatever people type for text', async () => {
    for (const typed of [
      '.*',
      '(a+)+$',
      "'; drop table contacts; --",
      '%_\\',
      '\u0000\u0007\u001b[31m',
      '\u202Eannaxxx\u202C',
      'שלום עולם',
      '👩‍👩‍👧',
      'å'.repeat(200),
      '1'.repeat(200),
      'a '.repeat(100),
      '__proto__',
      'constructor',
      '\ud800',
    ]) {
      const { status, body } = await find(user, typed.isWellFormed() ? typed : typed.toWellFormed())
      assert.equal(status, 200, typed)
      // What has no word in it leaves everybody.
      assert.equal(body.total, /[\p{L}\p{N}]{3}/u.test(typed) ? 0 : body.total, typed)
      assert.ok(body.items.length <= 20)
    }
    assert.equal((await find(user, 'a'.repeat(10_000))).status, 400)
    assert.equal((await user.ask('GET', '/api/v1/directory?after=bm9uc2Vuc2U')).body.mistakes[0].path, '?after')
    assert.equal((await user.ask('GET', '/api/v1/directory?q=a&q=b')).status, 400)
    assert.equal((await api.client.ask('GET', '/api/v1/directory')).status, 401)
  })

  it('keeps shared contacts, made by attendants and found by everybody of the company at once', async () => {
    const wanted = {
      kind: 'shared',
      name: 'Östen Öhrn',
      organisation: 'Öhrns Åkeri AB',
      numbers: [{ number: '08-465 005 50' }, { number: '+33 1 99 00 55 50', kind: 'mobile' }],
      emails: ['osten@ohrn.example'],
      notes: 'Ring efter nio.',
    }
    assert.equal((await user.ask('POST', '/api/v1/contacts', wanted)).body.code, 'API_NOT_ALLOWED')
    const made = await attendant.ask('POST', '/api/v1/contacts', wanted)
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.deepEqual(made.body.numbers, [
      { number: '+46846500550', text: '08-465 005 50', kind: 'work' },
      { number: '+33199005550', text: '+33 1 99 00 55 50', kind: 'mobile' },
    ])
    assert.deepEqual(namesOf(await find(user, 'ohrn akeri')), ['Östen Öhrn'])
    const { body } = await user.ask('GET', `/api/v1/directory/cards/${made.body.id}`)
    assert.equal(body.notes, 'Ring efter nio.')
    assert.equal(body.mayChange, false)
    const changed = await attendant.ask('PATCH', `/api/v1/contacts/${made.body.id}`, { title: 'Åkare', notes: null })
    assert.equal(changed.body.title, 'Åkare')
    assert.equal('notes' in changed.body, false)
    assert.deepEqual(changed.body.numbers, made.body.numbers)
    assert.equal((await user.ask('PATCH', `/api/v1/contacts/${made.body.id}`, { title: 'x' })).status, 403)
    const [event] = (await admin.ask('GET', '/api/v1/ledger?limit=1000')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'directory.changed',
    )
    assert.deepEqual(event.data.names, ['Östen Öhrn'])
    assert.equal((await attendant.ask('DELETE', `/api/v1/contacts/${made.body.id}`)).status, 204)
    assert.deepEqual(namesOf(await find(user, 'ohrn')), [])
    assert.equal((await user.ask('GET', `/api/v1/contacts/${made.body.id}`)).status, 404)
  })

  it('shows personal contacts to their owner alone', async () => {
    const made = await user.ask('POST', '/api/v1/contacts', {
      kind: 'personal',
      name: 'Tandläkare Xenia',
      numbers: [{ number: '0846500599' }],
    })
    assert.equal(made.status, 201)
    const path = `/api/v1/contacts/${made.body.id}`
    assert.deepEqual(namesOf(await find(user, 'xenia')), ['Tandläkare Xenia'])
    for (const other of [admin, attendant, stranger]) {
      assert.deepEqual(namesOf(await find(other, 'xenia')), [])
      assert.equal((await other.ask('GET', path)).status, 404)
      assert.equal((await other.ask('PATCH', path, { name: 'x' })).status, 404)
      assert.equal((await other.ask('DELETE', path)).status, 404)
      assert.equal((await other.ask('GET', `/api/v1/directory/cards/${made.body.id}`)).status, 404)
      assert.equal((await other.ask('PUT', `/api/v1/directory/favourites/${made.body.id}`)).status, 404)
      const asked = await other.ask('GET', '/api/v1/directory/by-number?numbers=%2B46846500599')
      assert.deepEqual(asked.body.items, [])
      assert.deepEqual((await other.ask('GET', '/api/v1/contacts?kind=personal')).body.items, [])
    }
    const events = (await admin.ask('GET', '/api/v1/ledger?limit=1000')).body.items
    assert.equal(JSON.stringify(events).includes('Xenia'), false)
    const asked = await user.ask('GET', '/api/v1/directory/by-number?numbers=%2B46846500599,201')
    assert.deepEqual(
      asked.body.items.map(({ entry }: { entry: { name: string } }) => entry.name),
      ['Tandläkare Xenia', 'Anna Lindqvist'],
    )
  })

  it('lets open screens know what changed, of personal contacts the owner’s only', async () => {
    const notices: { kind: string; data: object; to?: readonly string[] }[] = []
    const stop = api.notices.subscribe((notice) => notices.push(notice))
    const own = await user.ask('POST', '/api/v1/contacts', { kind: 'personal', name: 'Own' })
    const shared = await attendant.ask('POST', '/api/v1/contacts', { kind: 'shared', name: 'Shared' })
    await user.ask('DELETE', `/api/v1/contacts/${own.body.id}`)
    await attendant.ask('DELETE', `/api/v1/contacts/${shared.body.id}`)
    stop()
    const told = notices.filter(({ kind }) => kind === 'directory.changed').map(({ data, to }) => ({ data, to }))
    const of = (cardId: string, to?: readonly string[]) => ({ data: { cardIds: [cardId] }, to })
    const me = [idOf('210')]
    assert.deepEqual(told, [of(own.body.id, me), of(shared.body.id), of(own.body.id, me), of(shared.body.id)])
  })

  it('keeps companies apart', async () => {
    assert.deepEqual(namesOf(await find(stranger, '')), ['Olle Other'])
    assert.deepEqual(namesOf(await find(user, 'other')), [])
    assert.equal((await stranger.ask('GET', `/api/v1/directory/cards/${idOf('201')}`)).status, 404)
    assert.equal((await stranger.ask('GET', `/api/v1/directory/cards/${idOf('201')}/photo`)).status, 404)
    assert.equal(
      (await stranger.ask('PUT', `/api/v1/directory/cards/${idOf('201')}/photo`, { image: png })).status,
      404,
    )
    assert.equal((await stranger.ask('PUT', `/api/v1/directory/favourites/${idOf('201')}`)).status, 404)
    assert.deepEqual((await stranger.ask('GET', '/api/v1/directory/by-number?numbers=201')).body.items, [])
  })

  it('tells every mistake of a contact with its path', async () => {
    const { status, body } = await user.ask('POST', '/api/v1/contacts', {
      kind: 'personal',
      name: ' ',
      numbers: [{ number: '+46846500551' }, { number: '12345678901234567890' }],
    })
    assert.equal(status, 400)
    assert.deepEqual(body.mistakes.map(({ path }: { path: string }) => path).sort(), ['/name', '/numbers/1/number'])
  })

  it('makes many contacts or none, with a verdict for each row', async () => {
    const batch = (items: object[], more: object = {}) =>
      attendant.ask('POST', '/api/v1/contacts/batch', { kind: 'shared', items, ...more })
    const rows = [
      { name: 'Batch One', numbers: [{ number: '08-465 005 61' }] },
      { name: '', numbers: [{ number: 'call me' }], title: 'x'.repeat(150) },
      { name: 'Batch Three', emails: ['nobody'], numbers: [{ number: '' }] },
    ]
    const refused = await batch(rows)
    assert.equal(refused.body.isDone, false)
    assert.deepEqual(
      refused.body.items.map(({ what }: { what: string }) => what),
      ['made', 'refused', 'refused'],
    )
    assert.deepEqual(refused.body.items[1].mistakes.map(({ path }: { path: string }) => path).sort(), [
      '/name',
      '/numbers/0/number',
      '/title',
    ])
    assert.deepEqual(namesOf(await find(user, 'batch')), [])
    const good = [rows[0]!, { name: 'Batch Twin', numbers: [{ number: '+46 8 465 005 61' }] }, { name: 'Batch Four' }]
    const preview = await batch(good, { isPreview: true })
    assert.equal(preview.body.isDone, false)
    assert.deepEqual(namesOf(await find(user, 'batch')), [])
    const done = await batch(good)
    assert.equal(done.body.isDone, true)
    assert.deepEqual(
      done.body.items.map(({ what }: { what: string }) => what),
      ['made', 'duplicate', 'made'],
    )
    assert.deepEqual(namesOf(await find(user, 'batch')), ['Batch Four', 'Batch One'])
    const again = await batch([rows[0]!])
    assert.deepEqual(again.body.items, [{ what: 'duplicate', id: done.body.items[0].id }])
    const anyway = await batch([rows[0]!], { duplicates: 'create' })
    assert.equal(anyway.body.items[0].what, 'made')
    assert.equal((await user.ask('POST', '/api/v1/contacts/batch', { kind: 'shared', items: good })).status, 403)
  })

  it('keeps favourites in their order, puts them first and drops those that are gone', async () => {
    const anna = idOf('201')
    const zoe = idOf('209')
    for (const id of [anna, zoe])
      assert.equal((await user.ask('PUT', `/api/v1/directory/favourites/${id}`)).status, 204)
    const read = () => user.ask('GET', '/api/v1/directory/favourites')
    const favourites = async () => (await read()).body.favourites.map(({ name }: { name: string }) => name)
    assert.deepEqual(await favourites(), ['Anna Lindqvist', 'Zoé Lefèvre'])
    assert.equal((await user.ask('PUT', '/api/v1/directory/favourites', { cardIds: [zoe, anna] })).status, 204)
    assert.deepEqual(await favourites(), ['Zoé Lefèvre', 'Anna Lindqvist'])
    assert.equal((await find(user, 'l')).body.items[0].isFavourite, true)
    assert.equal((await user.ask('PUT', '/api/v1/directory/favourites/nobody')).status, 404)
    assert.equal((await user.ask('PUT', '/api/v1/directory/favourites', { cardIds: [zoe, 'nobody'] })).status, 404)
    const group = await user.ask('POST', '/api/v1/directory/groups', { name: 'Stugan', cardIds: [anna] })
    const path = `/api/v1/directory/groups/${group.body.id}`
    assert.equal((await user.ask('PATCH', path, { name: 'Huset', cardIds: [zoe, anna] })).status, 204)
    const [only] = (await read()).body.groups
    assert.equal(only.name, 'Huset')
    assert.deepEqual(
      only.members.map(({ id }: { id: string }) => id),
      [zoe, anna],
    )
    assert.deepEqual((await user.ask('GET', `/api/v1/directory/cards/${zoe}`)).body.groups, [group.body.id])
    assert.equal((await admin.ask('PATCH', path, { name: 'x' })).status, 404)
    assert.equal((await user.ask('DELETE', path)).status, 204)
    assert.equal((await user.ask('DELETE', path)).status, 404)
    const made = await user.ask('POST', '/api/v1/contacts', { kind: 'personal', name: 'Kort Gäst' })
    await user.ask('PUT', `/api/v1/directory/favourites/${made.body.id}`)
    await user.ask('DELETE', `/api/v1/contacts/${made.body.id}`)
    assert.deepEqual(await favourites(), ['Zoé Lefèvre', 'Anna Lindqvist'])
  })

  it('lets people say where they are and administrators the rest, and finds them by it', async () => {
    const own = await user.ask('PATCH', '/api/v1/directory/me', {
      location: 'Ystad',
      mobile: '070-174 06 05',
      skills: ['Deutsch'],
    })
    assert.equal(own.status, 200, JSON.stringify(own.body))
    assert.equal(own.body.location, 'Ystad')
    assert.equal((await user.ask('PATCH', '/api/v1/directory/me', { title: 'Chef' })).status, 400)
    assert.equal((await user.ask('PATCH', '/api/v1/directory/me', { mobile: '1' })).status, 400)
    const set = await admin.ask('PATCH', `/api/v1/users/${idOf('210')}`, {
      title: 'Lagerchef',
      department: 'Lager',
      email: 'bjorn@demo.example',
    })
    assert.equal(set.body.title, 'Lagerchef')
    assert.equal(set.body.mobile, '+46701740605')
    for (const typed of ['lagerc', 'ystad', 'deut', '0701740605', 'bjorn@demo'])
      assert.ok(namesOf(await find(attendant, typed)).includes('Björn Håkansson'), typed)
    await user.ask('PATCH', '/api/v1/directory/me', { location: null, skills: [] })
    assert.deepEqual(namesOf(await find(attendant, 'ystad')), [])
  })

  it('finds new users at once and removed ones no longer', async () => {
    const made = await admin.ask('POST', '/api/v1/users', {
      name: 'quentin',
      displayName: 'Quentin Quist',
      extension: '250',
    })
    assert.deepEqual(namesOf(await find(user, 'quent')), ['Quentin Quist'])
    assert.deepEqual(namesOf(await find(user, '250', '&kind=colleague')), ['Quentin Quist'])
    await admin.ask('DELETE', `/api/v1/users/${made.body.user.id}`)
    assert.deepEqual(namesOf(await find(user, 'quent')), [])
  })

  it('keeps photos as what they are and nothing else', async () => {
    const me = idOf('210')
    const path = `/api/v1/directory/cards/${me}/photo`
    const put = await user.ask('PUT', path, { image: png })
    assert.equal(put.status, 200, JSON.stringify(put.body))
    const tag = put.body.photo
    assert.equal((await find(user, 'hakansson')).body.items[0].photo, tag)
    const get = (client: CheckedClient, query: string, headers: Record<string, string> = {}) =>
      fetch(`${api.url}${path}${query}`, { headers: { authorization: `Bearer ${client.token}`, ...headers } })
    const got = await get(attendant, `?tag=${tag}`)
    assert.equal(got.headers.get('content-type'), 'image/png')
    assert.equal(got.headers.get('x-content-type-options'), 'nosniff')
    assert.match(got.headers.get('cache-control') ?? '', /private.*immutable/)
    assert.match(got.headers.get('content-security-policy') ?? '', /sandbox/)
    assert.equal(Buffer.from(await got.arrayBuffer()).toString('base64'), png)
    const known = await get(attendant, '', { 'if-none-match': got.headers.get('etag')! })
    assert.equal(known.status, 304)
    assert.equal((await get(stranger, '')).status, 404)
    const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')
    for (const image of [
      base64('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      base64('<!doctype html><script>alert(1)</script>'),
      base64('just text'),
      base64(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(100)])),
    ])
      assert.equal((await user.ask('PUT', path, { image })).body.code, 'DIRECTORY_NO_IMAGE')
    const large = base64(Buffer.concat([Buffer.from(png, 'base64'), Buffer.alloc(1_100_000)]))
    assert.ok([400, 413].includes((await user.ask('PUT', path, { image: large })).status))
    const nearly = base64(Buffer.concat([Buffer.from(png, 'base64'), Buffer.alloc(1_000_000)]))
    assert.equal((await user.ask('PUT', path, { image: nearly })).status, 200)
    assert.equal((await attendant.ask('PUT', path, { image: png })).status, 403)
    assert.equal((await admin.ask('PUT', path, { image: png })).status, 200)
    assert.equal((await user.ask('DELETE', path)).status, 204)
    assert.equal((await get(user, '')).status, 404)
    assert.equal('photo' in (await find(user, 'hakansson')).body.items[0], false)
  })
})
