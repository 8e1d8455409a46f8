import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readProfile } from '@vaxel/site/file'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { draftOf, emptyDraft, kindsAsked, profileOfDraft, withPreset, withSystem } from './site-draft.ts'

const telia = deliveredCatalogues.filter(({ id }) => id === 'telia-touchpoint-plus').at(-1)!

describe('the questions about a site', () => {
  it('follow from the service', () => {
    assert.ok(kindsAsked(telia).includes('softphone'))
    const draft = withSystem({ ...emptyDraft, options: { ofAnother: 'yes' } }, telia)
    assert.deepEqual(Object.keys(draft.options).sort(), telia.options.map(({ id }) => id).sort())
  })

  it('begin with what is usual, and leave what was typed', () => {
    const draft = withPreset({ ...emptyDraft, traffic: { ...emptyDraft.traffic, averageCallSeconds: '90' } }, telia)
    assert.match(draft.inside, /10\.0\.0\.0\/8/)
    assert.equal(draft.traffic.averageCallSeconds, '90')
    assert.equal(withPreset({ ...emptyDraft, inside: '10.1.0.0/16' }, telia).inside, '10.1.0.0/16')
  })

  it('make a profile that can be read, and come back the same', () => {
    const draft = {
      ...withSystem({ ...emptyDraft, name: 'Kista' }, telia),
      people: { softphone: '50', deskPhone: '50' },
      agents: '15',
      agentClient: 'softphone' as const,
      mbps: '100',
      inside: '10.20.0.0/16\n',
      segments: 'kontor 10.20.1.0/24\nlager och butik 10.20.2.0/24',
      reachedFrom: '198.51.100.7',
      secrets: 'Graph consent; 2027-03-01; it@example.com',
    }
    const { profile, reachedFrom, mistakes } = profileOfDraft(draft, telia)
    assert.deepEqual(mistakes, {})
    const read = readProfile(profile, telia)
    assert.ok(read.ok, JSON.stringify(read))
    const again = draftOf({ name: 'Kista', profile: read.value, reachedFrom })
    assert.deepEqual({ ...again, inside: `${again.inside}\n` }, draft)
  })

  it('say at each field what cannot be read', () => {
    const { mistakes } = profileOfDraft(
      {
        ...withSystem(emptyDraft, telia),
        people: { softphone: 'many' },
        sharePercent: '200',
        mbps: 'fast',
        segments: 'office 10.0.0.0/24\nnothing',
        secrets: 'consent, tomorrow',
      },
      telia,
    )
    assert.deepEqual(mistakes, {
      'people.softphone': { key: 'whole' },
      sharePercent: { key: 'whole' },
      mbps: { key: 'whole' },
      segments: { key: 'segmentLine', line: 2 },
      secrets: { key: 'secretLine', line: 1 },
    })
  })

  it('leave nothing of what was emptied', () => {
    const filled = { ...withSystem({ ...emptyDraft, name: 'Kista' }, telia), agents: '15', sharePercent: '35' }
    const known = profileOfDraft(filled, telia).profile
    assert.deepEqual([known.agents?.loggedOn, known.shareInCall], [15, 0.35])
    const { profile } = profileOfDraft({ ...filled, agents: '', sharePercent: '' }, telia, known)
    assert.deepEqual([profile.agents, profile.shareInCall], [undefined, undefined])
  })

  it('keep apart what ends and is called the same', () => {
    const draft = withSystem({ ...emptyDraft, name: 'Kista' }, telia)
    const one = { subject: 'Certificate', notAfter: '2027-03-01', owner: 'it@example.com' }
    const secrets = [
      { ...one, requirement: 'first' },
      { ...one, requirement: 'second', notAfter: '2027-06-01' },
    ]
    const known = { ...profileOfDraft(draft, telia).profile, secrets }
    const shown = draftOf({ name: 'Kista', profile: known, reachedFrom: [] })
    assert.deepEqual(profileOfDraft(shown, telia, known).profile.secrets, secrets)
    const second = { ...shown, secrets: shown.secrets.split('\n')[1]! }
    assert.deepEqual(profileOfDraft(second, telia, known).profile.secrets, [secrets[1]])
  })
})
