import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CompanyId, UserId } from '@vaxel/base'
import type { CentreDraftView } from '@vaxel/contract'
import type { SkillId } from '@vaxel/core'
import { wavOf } from '@vaxel/testkit/voicemail/memory-voicemail'
import type { Static } from 'typebox'
import { runCommandLine } from '../../apps/cli/src/run-command-line.ts'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

type View = Static<typeof CentreDraftView>

const path = '/api/v1/centre'

describe('the configuration of the contact centre over the API', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let supervisor: CheckedClient
  let user: CheckedClient
  let companyId: CompanyId
  const idOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!.id
  const draft = async (): Promise<View> => (await admin.ask('GET', `${path}/draft?language=en`)).body as View
  const publish = async (note: string) => {
    const { status, body } = await admin.ask('POST', `${path}/publications`, {
      revision: (await draft()).revision,
      note,
    })
    assert.equal(status, 200, JSON.stringify(body))
    return body as View
  }
  const put = async (section: string, value: { id: string }, revision?: number) =>
    admin.ask('PUT', `${path}/draft/${section}/${value.id}?language=en`, {
      revision: revision ?? (await draft()).revision,
      value,
    })
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    supervisor = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    user = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
    companyId = api.store.directory.user(idOf('201'))!.companyId
  })
  after(() => api.close())

  let queueId: string

  it('makes a queue that works in one step: its number, its people, its hours', async () => {
    const first = await draft()
    const { status, body } = await admin.ask('POST', `${path}/queues?language=en`, {
      name: 'Sales',
      number: '310',
      userIds: [idOf('205'), idOf('206')],
      hours: 'weekdays',
    })
    assert.equal(status, 201, JSON.stringify(body))
    const { view } = body as { queueId: string; view: View }
    queueId = (body as { queueId: string }).queueId
    assert.equal(view.version, first.version + 1)
    assert.ok(view.numbers.some((one) => one.number === '310' && one.queueId === queueId))
    assert.deepEqual(api.store.directory.number(companyId, '310')?.target, {
      kind: 'service',
      service: 'queue',
      id: queueId,
    })
    assert.deepEqual([view.findings.errors, view.hasDraft], [0, false])
    assert.ok(view.centre.reasons.length > 0 && view.centre.wrapUpCodes.length > 0)
    const queue = view.centre.queues.find(({ id }) => id === queueId)!
    assert.equal(view.centre.schedules.find(({ id }) => id === queue.scheduleId)?.name, 'Office hours')
    assert.deepEqual(
      view.centre.agents
        .filter(({ queues }) => queues.some((one) => one.queueId === queueId))
        .map(({ userId }) => userId),
      [idOf('205'), idOf('206')],
    )
  })

  it('refuses a number that leads elsewhere, and people who are none, and makes nothing then', async () => {
    const { version } = await draft()
    const wish = { name: 'Other', userIds: [], hours: 'always' }
    const taken = await admin.ask('POST', `${path}/queues`, { ...wish, number: '205' })
    assert.deepEqual([taken.status, (taken.body as { code: string }).code], [409, 'API_CONFLICT'])
    const nobody = await admin.ask('POST', `${path}/queues`, { ...wish, name: ' ', userIds: ['nobody'] })
    const { mistakes } = nobody.body as { mistakes: { path: string }[] }
    assert.deepEqual([nobody.status, mistakes.map((one) => one.path)], [400, ['/name', '/userIds/0']])
    assert.equal((await draft()).version, version)
  })

  it('lets supervisors look, administrators change, and others neither', async () => {
    assert.equal((await supervisor.ask('GET', `${path}/draft`)).status, 200)
    assert.equal((await supervisor.ask('GET', path)).status, 200)
    const { revision } = await draft()
    assert.equal((await supervisor.ask('DELETE', `${path}/draft?revision=${revision}`)).status, 403)
    assert.equal((await user.ask('GET', path)).status, 403)
  })

  it('keeps a draft that nobody notices, and says what is different and what is the matter', async () => {
    const live = await draft()
    const skill = await put('skills', { id: 'swedish', name: 'Swedish' } as { id: string })
    assert.equal(skill.status, 200, JSON.stringify(skill.body))
    const queue = live.centre.queues.find(({ id }) => id === queueId)!
    const { body } = await put('queues', { ...queue, needs: [{ skillId: 'swedish', level: 5 }] } as { id: string })
    const view = body as View
    assert.deepEqual([view.hasDraft, view.version], [true, live.version])
    assert.deepEqual(
      view.changes.items.map(({ text }) => text),
      ['Changed queue “Sales”', 'New skill “Swedish”'],
    )
    assert.deepEqual(view.changes.items[0]!.fields, [{ label: 'needs Swedish', after: 'at least 5' }])
    assert.match(view.findings.items[0]!.text, /None of the 2 agents of the queue “Sales”/)
    assert.equal((await supervisor.ask('GET', path)).body.version, live.version)
  })

  it('refuses to publish what is not sound, with every mistake and where it is', async () => {
    const { revision } = await draft()
    const { status, body } = await admin.ask('POST', `${path}/publications?language=sv`, { revision })
    const { code, mistakes } = body as { code: string; mistakes: { path: string; reason: string }[] }
    assert.deepEqual([status, code, mistakes.length], [409, 'CENTRE_NOT_SOUND', 1])
    assert.match(mistakes[0]!.path, /^\/centre\/queues\/\d+$/)
    assert.match(mistakes[0]!.reason, /^Ingen av de 2 agenterna i kön ”Sales”/)
  })

  it('does not let one administrator overwrite what another has changed', async () => {
    const { revision } = await draft()
    assert.equal(
      (await put('reasons', { id: 'errand', name: 'Errand', isWork: true } as { id: string }, revision)).status,
      200,
    )
    const late = await put('reasons', { id: 'errand', name: 'Other', isWork: false } as { id: string }, revision)
    assert.deepEqual([late.status, (late.body as { code: string }).code], [409, 'CENTRE_CHANGED_SINCE'])
  })

  it('changes many agents at once, and makes agents of people', async () => {
    const userIds = [idOf('205'), idOf('206'), idOf('207')]
    const { status, body } = await admin.ask('POST', `${path}/draft/agent-changes?language=en`, {
      revision: (await draft()).revision,
      userIds,
      change: { addQueueIds: [queueId], setSkills: [{ skillId: 'swedish', level: 7 }] },
    })
    assert.equal(status, 200, JSON.stringify(body))
    const { centre, findings } = body as View
    const agents = centre.agents.filter(({ userId }) => userIds.includes(userId as UserId))
    assert.deepEqual(
      agents.map(({ skills }) => skills[0]?.level),
      [7, 7, 7],
    )
    assert.equal(findings.errors, 0)
    const unknown = await admin.ask('POST', `${path}/draft/agent-changes`, {
      revision: (await draft()).revision,
      userIds: ['nobody'],
      change: {},
    })
    assert.equal(unknown.status, 400)
  })

  it('publishes with a note and tells the ledger, and whoever works by it at once', async () => {
    const { version } = await draft()
    const view = await publish('Swedish wanted')
    assert.deepEqual([view.version, view.hasDraft, view.changes.total], [version + 1, false, 0])
    const [event] = await api.store.audit.audit({ companyId, kinds: ['centre.published'], limit: 1 })
    assert.deepEqual(event?.data, {
      version: version + 1,
      by: `user:${idOf('201')}`,
      note: 'Swedish wanted',
      changes: 6,
    })
    assert.equal(api.contactCentre.workDesk.queue(companyId, queueId)?.needs[0]?.skillId, 'swedish')
    const nothing = await admin.ask('POST', `${path}/publications`, { revision: view.revision })
    assert.equal((nothing.body as { code: string }).code, 'CENTRE_NOTHING_TO_PUBLISH')
  })

  it('keeps an open draft when a supervisor changes something at once, and says where both changed the same', async () => {
    const { body } = await put('skills', { id: 'swedish', name: 'Svenska' } as { id: string })
    const open = body as View
    const rename = (name: string) =>
      api.centreConfiguration.editor.change(companyId, idOf('202'), 'at once', (centre) => ({
        ...centre,
        skills: centre.skills.map((skill) => (skill.id === ('swedish' as SkillId) ? { ...skill, name } : skill)),
        reasons: [...centre.reasons, { id: 'late', name, isWork: true }],
      }))
    assert.equal(await rename('Suédois'), undefined)
    const view = await draft()
    assert.deepEqual([view.version, view.hasDraft], [open.version + 1, true])
    assert.equal(view.centre.skills.find(({ id }) => id === 'swedish')?.name, 'Svenska')
    assert.ok(view.centre.reasons.some(({ name }) => name === 'Suédois'))
    assert.deepEqual(view.conflicts, [{ section: 'skills', id: 'swedish', name: 'Svenska' }])
    assert.equal((await put('skills', { id: 'swedish', name: 'x' } as { id: string }, open.revision)).status, 409)
    const { body: settled } = await put('skills', { id: 'swedish', name: 'Swedish again' } as { id: string })
    assert.deepEqual((settled as View).conflicts, [])
    await publish('renamed')
  })

  it('refuses a change at once that is not sound, in the words of whoever makes it', async () => {
    const refused = await api.centreConfiguration.editor.change(companyId, idOf('202'), 'no', (centre) => ({
      ...centre,
      agents: centre.agents.map((agent) => ({ ...agent, skills: [] })),
    }))
    assert.equal(refused?.code, 'CENTRE_NOT_SOUND')
  })

  it('takes out what nothing else needs, and says what does', async () => {
    const remove = async (section: string, id: string) =>
      admin.ask('DELETE', `${path}/draft/${section}/${id}?language=en&revision=${(await draft()).revision}`)
    const skill = await remove('skills', 'swedish')
    assert.deepEqual(
      [skill.status, (skill.body as { detail: string }).detail],
      [409, 'The queues “Sales” need this skill. Change them first.'],
    )
    const queue = await remove('queues', queueId)
    assert.match((queue.body as { detail: string }).detail, /^310 leads to this queue/)
    const reason = await remove('reasons', 'errand')
    assert.equal(reason.status, 200)
    assert.ok(!(reason.body as View).centre.reasons.some(({ id }) => id === 'errand'))
    assert.equal((await remove('reasons', 'errand')).status, 404)
  })

  it('throws a draft away', async () => {
    const { revision, hasDraft } = await draft()
    assert.equal(hasDraft, true)
    const { status, body } = await admin.ask('DELETE', `${path}/draft?revision=${revision}`)
    assert.deepEqual([status, (body as View).hasDraft], [200, false])
  })

  it('lists versions, compares any two, and publishes an earlier one anew', async () => {
    const { body } = await admin.ask('GET', `${path}/versions?limit=2`)
    const { items, next } = body as { items: { version: number; note?: string; isLive: boolean }[]; next?: number }
    assert.deepEqual([items.length, items[0]?.note, items[0]?.isLive, next], [2, 'renamed', true, items[1]?.version])
    const earlier = items[1]!.version - 1
    const compared = await admin.ask('GET', `${path}/differences?language=en&from=published&to=${earlier}`)
    const texts = (compared.body as { items: { text: string }[] }).items.map(({ text }) => text)
    assert.ok(texts.includes('Changed skill “Swedish”'), texts.join())
    const restored = await admin.ask('POST', `${path}/versions/${earlier}/restorations`, { note: 'as before' })
    assert.equal(restored.status, 200, JSON.stringify(restored.body))
    assert.equal((restored.body as View).version, items[0]!.version + 1)
    assert.equal((restored.body as View).centre.skills.find(({ id }) => id === 'swedish')?.name, 'Swedish')
    const again = await admin.ask('POST', `${path}/versions/${earlier}/restorations`, {})
    assert.equal((again.body as { code: string }).code, 'CENTRE_NOTHING_TO_PUBLISH')
    assert.equal((await admin.ask('GET', `${path}/versions/${earlier}`)).status, 200)
    assert.equal((await admin.ask('GET', `${path}/versions/9999`)).status, 404)
  })

  it('gives a further number to a queue, but only to one that is published', async () => {
    const { status, body } = await admin.ask('PUT', `${path}/queues/${queueId}/numbers/311`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.ok((body as View).numbers.some(({ number }) => number === '311'))
    const none = await admin.ask('PUT', `${path}/queues/unknown/numbers/312`)
    assert.equal((none.body as { code: string }).code, 'CENTRE_QUEUE_NOT_PUBLISHED')
    const target = (id: string) => ({ number: '312', target: { kind: 'service', service: 'queue', id } })
    const nowhere = await admin.ask('POST', '/api/v1/numbers', target('unknown'))
    assert.deepEqual([nowhere.status, nowhere.body.mistakes[0]?.path], [400, '/target/id'])
    assert.equal((await admin.ask('POST', '/api/v1/numbers', target(queueId))).status, 201)
  })

  it('keeps sounds that a queue plays', async () => {
    const wav = wavOf(1500)
    const sent = await fetch(`${api.url}/api/v1/flow-sounds?name=Tune`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(wav),
    })
    const { id: musicSoundId } = (await sent.json()) as { id: string }
    const queue = (await draft()).centre.queues.find(({ id }) => id === queueId)!
    const { body } = await put('queues', { ...queue, voice: { ...queue.voice, musicSoundId } } as { id: string })
    assert.deepEqual((body as View).changes.items[0]?.fields, [{ label: 'music', after: 'Tune' }])
    const { status, body: refusal } = await admin.ask('DELETE', `/api/v1/flow-sounds/${musicSoundId}`)
    assert.deepEqual([status, refusal.detail], [409, 'The queue Sales plays it.'])
    await admin.ask('DELETE', `${path}/draft?revision=${(await draft()).revision}`)
    assert.equal((await admin.ask('DELETE', `/api/v1/flow-sounds/${musicSoundId}`)).status, 204)
  })

  it('checks a whole centre that is sent, and keeps one as the draft', async () => {
    const { centre, revision } = await draft()
    const foolish = { ...centre, screenPop: { url: 'javascript:alert(1)', at: 'alerting' } }
    const checked = await admin.ask('POST', `${path}/checks?language=en`, { centre: foolish })
    const findings = checked.body as { errors: number; items: { code: string }[] }
    assert.deepEqual([findings.errors, findings.items[0]?.code], [1, 'pop-address'])
    const kept = await admin.ask('PUT', `${path}/draft?language=en`, { revision, centre: foolish })
    assert.equal((kept.body as View).changes.items.at(-1)?.section, 'screenPop')
    const cleared = await admin.ask('PUT', `${path}/draft/screenPop`, {
      revision: (kept.body as View).revision,
      value: null,
    })
    assert.equal((cleared.body as View).hasDraft, false)
  })

  it('refuses names that are too long or blank, and other things than it knows', async () => {
    for (const value of [
      { id: 'a', name: 'x'.repeat(81) },
      { id: 'a', name: '   ' },
      { id: 'a b', name: 'x' },
      { id: 'a', name: 'x', more: 1 },
      { id: 'b', name: 'x' },
    ]) {
      const { status } = await admin.ask('PUT', `${path}/draft/skills/a`, { revision: (await draft()).revision, value })
      assert.equal(status, 400, JSON.stringify(value))
    }
  })

  it('is shown, drafted from a file, checked, compared, published and taken back on the command line', async () => {
    const home = await mkdtemp(join(tmpdir(), 'vaxel-centre-'))
    const run = async (...argv: string[]) => {
      const lines: string[] = []
      const notes: string[] = []
      const code = await runCommandLine(argv, {
        out: { line: (text) => void lines.push(text), note: (text) => void notes.push(text) },
        environment: { XDG_CONFIG_HOME: home, VAXEL_URL: api.url, VAXEL_PASSWORD: 'demo-201' },
        signal: new AbortController().signal,
      })
      return { code, text: lines.join('\n'), notes: notes.join('\n') }
    }
    try {
      assert.equal((await run('login', '201@demo.vaxel.test')).code, 0)
      assert.match((await run('centre', 'show')).text, /^Sales +call, callBack +\d+ +80 % in 20 s +Office hours/m)
      const centre = JSON.parse((await run('centre', 'show', '--json')).text)
      const file = join(home, 'centre.json')
      const kept = async (skills: object[]) => writeFile(file, JSON.stringify({ ...centre, skills }))
      await kept([...centre.skills, { id: 'finnish', name: ' ' }])
      const refused = await run('centre', 'check', file)
      assert.equal(refused.code, 1)
      await kept([...centre.skills, { id: 'finnish', name: 'Finnish' }])
      assert.deepEqual(await run('centre', 'check', file), { code: 0, text: 'Nothing is the matter.', notes: '' })
      assert.match((await run('centre', 'draft', file)).text, /^New skill “Finnish”$/m)
      assert.match((await run('centre', 'diff')).text, /^New skill “Finnish”\n {2}name: – -> Finnish$/)
      assert.match((await run('centre', 'publish', '--note', 'Finnish too')).text, /^Version \d+ holds now\.$/)
      assert.match((await run('centre', 'versions')).text, /^\d+ \(live\) .*Finnish too$/m)
      assert.match((await run('centre', 'undo')).text, /holds again/)
      assert.equal((await run('centre', 'diff')).text, 'Nothing is different.')
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  })
})
