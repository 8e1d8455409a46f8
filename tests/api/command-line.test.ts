import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runCommandLine } from '../../apps/cli/src/run-command-line.ts'
import { type ApiPlatform, startApi } from './api-platform.ts'
import { recordCall } from './platform/record-call.ts'

describe('the command line', () => {
  let api: ApiPlatform
  let home: string
  const run = async (...argv: string[]) => {
    const lines: string[] = []
    const notes: string[] = []
    const code = await runCommandLine(argv, {
      out: { line: (text) => void lines.push(text), note: (text) => void notes.push(text) },
      environment: { XDG_CONFIG_HOME: home, VAXEL_URL: api.url, VAXEL_PASSWORD: 'demo-201' },
      signal: AbortSignal.timeout(20_000),
    })
    return { code, text: lines.join('\n'), notes: notes.join('\n') }
  }
  const runJson = async (...argv: string[]) => {
    const { code, text, notes } = await run(...argv, '--json')
    assert.equal(code, 0, notes)
    return JSON.parse(text)
  }
  before(async () => {
    api = await startApi()
    home = await mkdtemp(join(tmpdir(), 'vaxel-cli-'))
  })
  after(async () => {
    await api.close()
    await rm(home, { recursive: true, force: true })
  })

  it('says what to do before there is a login', async () => {
    const { code, notes } = await run('user', 'list')
    assert.equal(code, 3)
    assert.match(notes, /vaxel login NAME@DOMAIN/)
  })

  it('logs in and keeps the token where only its owner reads it', async () => {
    const { code, text } = await run('login', '201@demo.vaxel.test')
    assert.equal(code, 0)
    assert.match(text, /as Anna Lindqvist \(administrator\)/)
    assert.equal((await stat(join(home, 'vaxel', 'logins.json'))).mode & 0o777, 0o600)
    assert.equal((await runJson('--url', api.url, 'me')).user.login, '201@demo.vaxel.test')
  })

  it('lists, adds, shows and removes users', async () => {
    assert.equal((await runJson('user', 'list')).length, 20)
    const made = await runJson('user', 'add', 'eva', 'Eva Ek', '--extension', '221', '--role', 'supervisor')
    assert.equal(made.user.role, 'supervisor')
    assert.match((await run('user', 'show', '221')).text, /eva@demo\.vaxel\.test/)
    assert.match((await run('number', 'list')).text, /^221 +eva@demo\.vaxel\.test$/m)
    const device = await runJson('device', 'add', 'eva', '--keying', 'sdes')
    assert.equal(device.secret.domain, 'demo.vaxel.test')
    assert.notEqual((await runJson('device', 'secret', device.device.id)).password, device.secret.password)
    const changed = await runJson('user', 'change', 'eva', '--name', 'Eva Berg', '--extension', 'none')
    assert.deepEqual([changed.displayName, changed.extension], ['Eva Berg', undefined])
    assert.equal((await run('user', 'remove', 'eva')).code, 0)
    assert.equal((await run('user', 'show', 'eva')).code, 1)
  })

  it('draws, tries and publishes flows from files', async () => {
    const file = join(home, 'flow.json')
    const draft = (say: string) => ({
      start: 'hours',
      timeZone: 'Europe/Stockholm',
      mostStaySeconds: 60,
      nodes: [
        {
          id: 'hours',
          kind: 'time',
          open: [{ days: [1], from: '08:00', to: '17:00' }],
          exits: { open: 'in', closed: 'out' },
        },
        {
          id: 'in',
          kind: 'ring',
          target: { kind: 'number', number: '203' },
          ringSeconds: 20,
          exits: { busy: 'out', noAnswer: 'out', unreachable: 'out' },
        },
        { id: 'out', kind: 'announce', say: [{ kind: 'prompt', name: say }], exits: { next: 'end' } },
        { id: 'end', kind: 'hangUp', exits: {} },
      ],
    })
    await writeFile(file, JSON.stringify(draft('flow-gone')))
    await runJson('flow', 'add', 'Reception', file)
    const check = await run('flow', 'check', 'Reception')
    assert.deepEqual([check.code, check.text.split(':')[0]], [1, 'error out'])
    assert.equal((await run('flow', 'publish', 'Reception')).code, 1)
    await writeFile(file, JSON.stringify(draft('flow-closed')))
    assert.equal((await run('flow', 'draft', 'Reception', file)).code, 0)
    assert.equal((await runJson('flow', 'publish', 'Reception', '--note', 'opened')).liveVersion, 1)
    const simulated = await run(
      'flow',
      'simulate',
      'Reception',
      '--at',
      '2026-11-23T09:00:00Z',
      '--caller',
      '+46701740605',
    )
    assert.match(simulated.text, /hours +open +Monday 10:00: open[^]*The call rings 203\./)
    await runJson('number', 'add', '490', '--service', 'echo')
    assert.equal((await run('flow', 'number', 'Reception', '490')).code, 0)
    assert.match((await run('flow', 'list')).text, /^Reception +490 +version 1/m)
    assert.match((await run('flow', 'replay', '490')).text, /There were no calls/)
    assert.equal((await run('flow', 'test', '490')).text, '0 passed, 0 failed')
    await writeFile(file, JSON.stringify(draft('flow-holiday')))
    assert.equal((await run('flow', 'draft', '490', file)).code, 0)
    assert.match((await run('flow', 'diff', '490')).text, /^“Announcement”: what is said changed$/)
    await runJson('flow', 'publish', '490')
    assert.equal((await runJson('flow', 'undo', '490')).liveVersion, 3)
    assert.match((await run('flow', 'versions', '490')).text, /^3 \(live\)/m)
    assert.match((await run('flow', 'show', '490', '--live')).text, /^hours \(start\) +time/m)
    assert.equal((await run('flow', 'remove', '490')).code, 1)
  })

  it('keeps no draft that was made of an older one, and names a flow that is meant', async () => {
    const file = join(home, 'shown.json')
    const show = async () => writeFile(file, JSON.stringify(await runJson('flow', 'show', '490')))
    const rename = async (name: string) => {
      const graph = JSON.parse(await readFile(file, 'utf8')) as { nodes: { name?: string }[] }
      graph.nodes[0]!.name = name
      await writeFile(file, JSON.stringify(graph))
    }
    await show()
    for (const name of ['First', 'Second']) {
      await rename(name)
      assert.equal((await run('flow', 'draft', '490', file)).code, 0, 'one person changes it again and again')
    }
    const other = join(home, 'other.json')
    await writeFile(other, JSON.stringify(await runJson('flow', 'show', '490')))
    await rename('Mine')
    assert.equal((await run('flow', 'draft', '490', file)).code, 0)
    const late = await run('flow', 'draft', '490', other)
    assert.equal(late.code, 1)
    assert.match(late.notes, /changed/)
    assert.match((await run('flow', 'show', '490')).text, /Mine/)
    assert.equal((await run('flow', 'check', '490', '--file', other)).code, 0, 'the revision is no part of the flow')

    await run('flow', 'add', 'Twin')
    const { id } = await runJson('flow', 'add', 'Twin')
    const unclear = await run('flow', 'remove', 'Twin')
    assert.deepEqual([unclear.code, unclear.notes.includes(id)], [2, true])
    assert.equal((await run('flow', 'remove', id)).code, 0)
    assert.equal((await run('flow', 'remove', 'Twin')).code, 0)
  })

  it('keeps no draft of the contact centre that somebody has changed since', async () => {
    const [mine, other] = [join(home, 'mine.json'), join(home, 'their.json')]
    const shown = await runJson('centre', 'show', '--draft')
    const rename = async (file: string, name: string) => {
      const written = JSON.parse(await readFile(file, 'utf8'))
      written.skills = [{ id: 'skill-norsk', name }]
      await writeFile(file, JSON.stringify(written))
    }
    for (const file of [mine, other]) await writeFile(file, JSON.stringify(shown))
    for (const name of ['First', 'Second']) {
      await rename(mine, name)
      assert.equal((await run('centre', 'draft', mine)).code, 0, 'one person changes it again and again')
    }
    await rename(other, 'Theirs')
    assert.equal((await run('centre', 'draft', other)).code, 1)
    assert.equal((await runJson('centre', 'show', '--draft')).skills[0].name, 'Second')
    assert.equal((await run('centre', 'check', other)).code, 0, 'the revision is no part of it')
  })

  it('acts in the company that is named, by any request too', async () => {
    const made = await runJson('api', 'POST', '/api/v1/companies', '{"name":"Other AB","domain":"other.test"}')
    const users = async (...more: string[]) =>
      (await runJson('api', 'GET', '/api/v1/users?limit=5', ...more)).items.length
    assert.deepEqual([await users(), await users('--company', made.id)], [5, 0])
    const named = await runJson('api', 'GET', `/api/v1/users?companyId=${made.id}`, '--company', 'another')
    assert.deepEqual(named.items, [])
  })

  it('says what is wrong with the settings of a folder that it shall back up', async () => {
    await writeFile(join(home, 'vaxel.json'), '{"databaseUrl": "postg')
    const { code, notes } = await run('backup', join(home, 'backup'), '--data', home)
    assert.equal(code, 2)
    assert.match(notes, /vaxel\.json cannot be read as JSON .* --database/)
  })

  it('makes numbers and trunks', async () => {
    await runJson('number', 'add', '240', '--group', '205,206', '--name', 'Support')
    assert.match((await run('number', 'list')).text, /Support: 205@demo\.vaxel\.test, 206@demo\.vaxel\.test/)
    await runJson('trunk', 'add', 'backup', 'sip.example.net:5070/tcp,192.0.2.1', '--prefixes', '00')
    await runJson('number', 'change', '240', '--service', 'echo')
    assert.match((await run('number', 'list')).text, /^240 +echo$/m)
    assert.equal((await runJson('trunk', 'change', 'backup', '--channels', '30')).channels, 30)
    const trunks = await runJson('trunk', 'list')
    assert.deepEqual(
      trunks.map(({ name }: { name: string }) => name),
      ['backup', 'pstn'],
    )
    const teams = await runJson('trunk', 'add', 'teams', '--profile', 'teams', '--own-host', 'sbc.demo.test')
    assert.deepEqual([teams.profile, teams.targets.length, teams.keying], ['teams', 3, 'sdes'])
    assert.match((await run('trunk', 'state', 'teams')).text, /teams +tls:sip\.pstnhub\.microsoft\.com:5061 +unknown/)
    assert.equal((await run('trunk', 'remove', 'teams')).code, 0)
    assert.equal((await run('trunk', 'remove', 'backup')).code, 0)
  })

  it('shows calls, and a ladder diagram with every message', async () => {
    const { companyId } = api.store.directory.userByAddress('demo.vaxel.test', '201')!
    const atMs = api.clock.now()
    const callId = await recordCall(api.store, '210', '211', atMs)
    const traced = { callId, companyId, sipCallId: '210@127.0.0.1', protocol: 'udp', local: '127.0.0.1:5060' }
    const remote = '127.0.0.1:40000'
    api.store.ledger.trace({ ...traced, remote, atMs, direction: 'in', text: 'INVITE sip:211@x SIP/2.0\r\n\r\n' })
    api.store.ledger.trace({ ...traced, remote, atMs: atMs + 5, direction: 'out', text: 'SIP/2.0 100 Trying\r\n\r\n' })
    await api.clock.advanceAsync(250)
    assert.match((await run('call', 'list')).text, /caller: hung-up/)
    assert.match((await run('call', 'show', callId)).text, /3\.000 s {2}call\.established {2}211/)
    const { text } = await run('trace', callId, '--full')
    assert.match(text, /210 +Vaxel/)
    assert.match(text, /0\.000 +│─+ INVITE ─+▶│/)
    assert.match(text, /0\.005 +│◀─+ 100 Trying ─+│/)
    assert.match(text, /── 2 {2}.*127\.0\.0\.1:5060 → 127\.0\.0\.1:40000 {2}udp\nSIP\/2\.0 100 Trying/)
    assert.equal((await runJson('trace', callId)).messages.length, 2)
  })

  it('makes calls and commands them', async () => {
    assert.equal((await run('call', 'make', '600')).text, 'new-call')
    const { code, notes } = await run('call', 'command', 'nothing', 'hold')
    assert.equal(code, 1)
    assert.match(notes, /no such live call/)
    assert.equal((await run('call', 'command', 'x', 'explode')).code, 2)
  })

  it('sends any request, for what has no command', async () => {
    const { company } = await runJson('me')
    const changed = await run('api', 'patch', `/api/v1/companies/${company.id}`, '{"mainNumber":"+46846500400"}')
    assert.equal(JSON.parse(changed.text).mainNumber, '+46846500400')
    assert.equal((await run('api', 'GET', '/metrics')).text, 'vaxel_up 1\n')
    assert.equal((await run('api', 'POST', '/api/v1/users', '{')).code, 2)
    assert.match((await run('api', 'GET', '/api/v1/nothing')).notes, /no such thing/)
  })

  it('follows events until it is stopped', async () => {
    const stop = new AbortController()
    const told: number[] = []
    const code = await runCommandLine(['events', '--follow', '--after', '0', '--json'], {
      out: {
        line: (text) => {
          told.push(JSON.parse(text).number)
          if (told.length === 10) stop.abort()
        },
        note: () => {},
      },
      environment: { XDG_CONFIG_HOME: home, VAXEL_URL: api.url },
      signal: stop.signal,
    })
    assert.equal(code, 0)
    assert.deepEqual(told.slice(0, 10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('has a sentence and an exit code for each way to fail', async () => {
    const cases: readonly (readonly [argv: string[], code: number, sentence: RegExp])[] = [
      [['fly'], 2, /There is no command "fly"/],
      [['user', 'add', 'x'], 2, /DISPLAY-NAME is missing/],
      [['user', 'list', 'too', 'many'], 2, /one word too many/],
      [['user', 'list', '--colour'], 2, /Unknown option '--colour'/],
      [['user', 'add', 'Å', 'X'], 1, /\/name must match/],
      [['user', 'list', '--url', 'http://127.0.0.1:1'], 3, /not logged in/],
      [['login', 'x@y', '--url', 'http://127.0.0.1:1'], 4, /does not answer/],
      [['login', '201@demo.vaxel.test', '--url', 'here'], 2, /is not an address/],
    ]
    for (const [argv, code, sentence] of cases) {
      const { code: got, notes } = await run(...argv)
      assert.equal(got, code, argv.join(' '))
      assert.match(notes, sentence)
    }
  })

  it('explains itself', async () => {
    assert.match((await run('--help')).text, /vaxel user add NAME DISPLAY-NAME/)
    assert.match((await run('user')).text, /vaxel user remove USER/)
    assert.match((await run('trace', '--help')).text, /--full/)
    assert.match((await run('help')).text, /Exit codes/)
  })
})
