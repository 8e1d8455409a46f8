import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserId } from '@vaxel/base'
import type { Flow, FlowNode } from '../flow.ts'
import { sayFinding } from '../words/say-flow.ts'
import { checkFlow, isReady } from './check-flow.ts'
import type { CheckSurroundings } from './finding.ts'

const around: CheckSurroundings = {
  flowId: 'this',
  hasUser: (id) => id === 'anna',
  numberKind: (number) => {
    if (number === '230') return { kind: 'people' }
    if (number === '300') return { kind: 'queue' }
    if (number === '700') return { kind: 'voicemail' }
    if (number === '499') return { kind: 'flow', flowId: 'this' }
    if (number === '112') return { kind: 'emergency' }
    return number.startsWith('+') ? { kind: 'outside' } : { kind: 'unknown' }
  },
  hasPrompt: (name) => name === 'flow-closed',
  soundMs: (id) => (id === 'hello' ? 20_000 : undefined),
  credentialHost: (name) => (name === 'crm' ? 'crm.example' : undefined),
}
const flow = (...nodes: FlowNode[]): Flow => ({
  start: nodes[0]?.id ?? '',
  nodes,
  timeZone: 'Europe/Stockholm',
  mostStaySeconds: 60,
})
const end: FlowNode = { id: 'end', kind: 'hangUp', exits: {} }
const found = (of: Flow) => checkFlow(of, around).map(({ code, nodeId }) => (nodeId ? `${code} ${nodeId}` : code))
const announce = (id: string, next?: string, prompt = 'flow-closed'): FlowNode => ({
  id,
  kind: 'announce',
  say: [{ kind: 'prompt', name: prompt }],
  exits: next === undefined ? {} : { next },
})

describe('the check of a flow', () => {
  it('finds nothing in a flow that is whole', () => {
    const whole = flow(
      announce('hello', 'ring'),
      {
        id: 'ring',
        kind: 'ring',
        target: { kind: 'user', userId: 'anna' as UserId },
        ringSeconds: 20,
        exits: { busy: 'box', noAnswer: 'box', unreachable: 'box' },
      },
      { id: 'box', kind: 'voicemail', box: { kind: 'user', userId: 'anna' as UserId }, exits: { refused: 'end' } },
      end,
    )
    assert.deepEqual(found(whole), [])
  })

  it('finds an empty flow, an unknown start, open exits and steps that no call comes to', () => {
    assert.deepEqual(found(flow()), ['empty'])
    assert.deepEqual(found({ ...flow(end), start: 'gone' }), ['start-missing', 'unreachable end'])
    assert.deepEqual(found(flow(announce('a'), announce('b', 'nowhere'))), [
      'exit-missing a',
      'exit-nowhere b',
      'unreachable b',
    ])
    assert.deepEqual(found({ ...flow(end, end), timeZone: 'Europe/Atlantis' }), ['time-zone-unknown', 'id-twice end'])
  })

  it('finds circles that take no time, and ways that never end', () => {
    const endless = flow(
      { id: 'a', kind: 'set', variable: 'n', value: '{n}1', exits: { next: 'b' } },
      { id: 'b', kind: 'variable', variable: 'n', test: 'is', value: '9', exits: { yes: 'end', no: 'a' } },
      end,
    )
    assert.deepEqual(found(endless), ['endless a', 'endless b'])
    assert.deepEqual(found(flow(announce('a', 'b'), announce('b', 'a'))), ['no-way-out a', 'no-way-out b'])
  })

  it('finds whom, what and which number does not exist', () => {
    const wrong = flow(
      announce('a', 'b', 'flow-gone'),
      { id: 'b', kind: 'announce', say: [{ kind: 'sound', soundId: 'gone' }], exits: { next: 'c' } },
      {
        id: 'c',
        kind: 'ring',
        target: { kind: 'user', userId: 'bo' as UserId },
        ringSeconds: 90,
        exits: { busy: 'd', noAnswer: 'd', unreachable: 'd' },
      },
      { id: 'd', kind: 'queue', number: '230', exits: { refused: 'e' } },
      { id: 'e', kind: 'forward', to: '499', ringSeconds: 10, exits: { busy: 'f', noAnswer: 'f', unreachable: 'f' } },
      {
        id: 'f',
        kind: 'forward',
        to: '+33142278186',
        ringSeconds: 10,
        exits: { busy: 'g', noAnswer: 'g', unreachable: 'g' },
      },
      {
        id: 'g',
        kind: 'ring',
        target: { kind: 'number', number: '999' },
        ringSeconds: 10,
        exits: { busy: 'h', noAnswer: 'h', unreachable: 'h' },
      },
      {
        id: 'h',
        kind: 'forward',
        to: '112',
        ringSeconds: 10,
        exits: { busy: 'end', noAnswer: 'end', unreachable: 'end' },
      },
      end,
    )
    assert.deepEqual(found(wrong), [
      'prompt-missing a',
      'sound-missing b',
      'user-unknown c',
      'not-a-queue d',
      'leads-to-itself e',
      'number-unknown g',
      'number-emergency h',
      'rings-long c',
      'wait-over-stay c',
      'number-outside f',
    ])
  })

  it('warns where callers choose which number is called at somebody’s cost', () => {
    const open = flow(
      {
        id: 'ask',
        kind: 'collect',
        say: [{ kind: 'prompt', name: 'flow-closed' }],
        variable: 'wanted',
        least: 1,
        most: 15,
        tries: 1,
        waitSeconds: 5,
        exits: { entered: 'on', silence: 'end', wrong: 'end' },
      },
      {
        id: 'on',
        kind: 'forward',
        to: '00{wanted}',
        asUserId: 'anna' as UserId,
        ringSeconds: 30,
        exits: { busy: 'end', noAnswer: 'end', unreachable: 'end' },
      },
      end,
    )
    assert.deepEqual(found(open), ['caller-chooses-number on'])
  })

  it('finds times, days and callers that never are', () => {
    const never = flow(
      { id: 'a', kind: 'time', open: [{ days: [], from: '08:00', to: '17:00' }], exits: { open: 'b', closed: 'b' } },
      {
        id: 'b',
        kind: 'time',
        open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
        exits: { open: 'c', closed: 'c' },
      },
      { id: 'c', kind: 'holiday', kinds: ['public'], ownDays: [], exits: { holiday: 'd', ordinary: 'd' } },
      {
        id: 'd',
        kind: 'holiday',
        country: 'FR',
        region: 'XX',
        kinds: ['public'],
        ownDays: [{ day: '02-30', name: 'x' }],
        exits: { holiday: 'e', ordinary: 'e' },
      },
      { id: 'e', kind: 'caller', matches: [], exits: { yes: 'f', no: 'f' } },
      { id: 'f', kind: 'caller', matches: [{ kind: 'prefix', prefix: '0701' }], exits: { yes: 'end', no: 'end' } },
      end,
    )
    assert.deepEqual(found(never), [
      'schedule-empty a',
      'holiday-empty c',
      'region-unknown d',
      'day-impossible d',
      'caller-empty e',
      'schedule-full b',
      'prefix-national f',
    ])
  })

  it('keeps a caller from choosing the server, and a credential from going elsewhere', () => {
    const look = (url: string, credential?: string): Flow =>
      flow(
        {
          id: 'a',
          kind: 'lookup',
          url,
          method: 'GET',
          timeLimitMs: 1000,
          take: [],
          ...(credential === undefined ? {} : { credential }),
          exits: { answered: 'end', failed: 'end', timeOut: 'end' },
        },
        end,
      )
    assert.deepEqual(found(look('https://crm.example/{caller}', 'crm')), [])
    assert.deepEqual(found(look('https://{caller}.example/')), ['url-host-variable a'])
    assert.deepEqual(found(look('https://crm.example{caller}/')), ['url-host-variable a'])
    assert.deepEqual(found(look('https://me:secret@crm.example/')), ['url-wrong a'])
    assert.deepEqual(found(look('file:///etc/passwd')), ['url-wrong a'])
    assert.deepEqual(found(look('https://other.example/', 'crm')), ['credential-elsewhere a'])
    assert.deepEqual(found(look('https://crm.example:444/', 'crm')), ['credential-elsewhere a'])
    assert.deepEqual(found(look('https://crm.example/', 'old')), ['credential-unknown a'])
  })

  it('lets a flow with warnings alone be published, and says everything in three languages', () => {
    const findings = checkFlow(flow(announce('a'), announce('b', 'a')), around)
    assert.equal(isReady(findings), false)
    assert.equal(isReady(findings.filter(({ severity }) => severity === 'warning')), true)
    assert.deepEqual(
      (['en', 'sv', 'fr'] as const).map((language) => sayFinding(findings[0]!, language)),
      [
        '“Announcement”: “next” leads nowhere. Connect it to a step.',
        '”Meddelande”: ”vidare” leder ingenstans. Koppla den till ett steg.',
        '« Annonce » : « suite » ne mène nulle part. Reliez cette sortie à une étape.',
      ],
    )
  })
})
