import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserId } from '@vaxel/base'
import { emptyCentre, type QueueId } from './centre.ts'
import { withThing } from './centre-things.ts'
import { diffCentres } from './diff-centres.ts'
import {
  sampleAgent,
  sampleCentre,
  sampleMailbox,
  sampleQueue,
  sampleSurroundings as around,
  sampleWebsite,
  skillId,
} from './sample-centre.ts'

describe('what is different between two centres', () => {
  it('is nothing for the same, whatever the order of its things and fields', () => {
    const turned = { ...sampleCentre, queues: sampleCentre.queues.toReversed() }
    assert.deepEqual(diffCentres(sampleCentre, turned, around, 'en'), [])
  })

  it('is told thing by thing, with what it was and what it becomes, by names', () => {
    const after = {
      ...withThing(
        withThing(sampleCentre, 'queues', {
          ...sampleQueue('support'),
          serviceLevel: { seconds: 15, percent: 90 },
          needs: [{ skillId: skillId('swedish'), level: 5, relax: [{ afterSeconds: 60, level: 0 }] }],
          overflow: {
            closed: { kind: 'queue' as const, queueId: 'sales' as QueueId },
            full: { kind: 'goodbye' as const },
          },
        }),
        'agents',
        sampleAgent('bo', ['sales']),
      ),
      reasons: [],
    }
    const told = diffCentres(sampleCentre, after, around, 'en')
    assert.deepEqual(
      told.map(({ text }) => text),
      ['Changed queue “support”', 'New agent “Bo Ek”', 'Without the reason “Lunch”'],
    )
    assert.deepEqual(told[0]!.fields, [
      { label: 'needs Swedish', after: 'at least 5, after 60 s no more' },
      { label: 'service level', before: '80 % within 20 s', after: '90 % within 15 s' },
      { label: 'when closed', before: 'a sentence, then the end', after: 'queue sales' },
    ])
    assert.deepEqual(told[1]!.fields[0], { label: 'queue sales', after: 'takes part' })
    assert.deepEqual(told[2]!.fields, [])
  })

  it('names what is gone as it was called before', () => {
    const before = withThing(sampleCentre, 'agents', sampleAgent('bo', ['sales']))
    const after = { ...before, queues: [sampleQueue('support')], agents: [before.agents[0]!, sampleAgent('bo', [])] }
    const [, agent] = diffCentres(before, after, around, 'sv')
    assert.deepEqual([agent?.text, agent?.fields], ['Ändras: agent ”Bo Ek”', [{ label: 'kö sales', before: 'är med' }]])
  })

  it('has words for every property, in every language', () => {
    const full = {
      ...sampleCentre,
      queues: [
        sampleQueue('support', {
          agesEverySeconds: 60,
          stickySeconds: 20,
          scheduleId: 'office',
          mostWaiting: 10,
          overflow: {
            closed: { kind: 'message' },
            full: { kind: 'number', number: '+4684' },
            noAgents: { kind: 'goodbye' },
            tooLong: { afterSeconds: 300, estimateSeconds: 900, to: { kind: 'message' } },
          },
          voice: {
            language: 'sv',
            greetingSoundId: 'tune',
            musicSoundId: 'tune',
            commentSoundId: 'tune',
            saysPosition: true,
            saysWait: false,
            everySeconds: 45,
            callBackAfterSeconds: 60,
            messageAfterSeconds: 60,
            keys: { 3: { kind: 'goodbye' } },
          },
          recording: 'onDemand',
          mailboxNumber: '300',
          mailboxId: 'info',
        }),
      ],
      agents: [
        sampleAgent('anna', ['support'], {
          scheduleId: 'office',
          line: { kind: 'number', number: '+46', isKept: true },
        }),
      ],
      mailboxes: [
        sampleMailbox('info', {
          sender: 'The shop',
          aliases: ['shop@example.com'],
          login: { kind: 'oauth', tokenUrl: 'https://token.example/', clientId: 'c', scope: 's' },
          trusted: 'PEM',
          queueId: 'support',
          members: ['anna' as UserId],
          signature: 'Bye',
          autoReply: { subject: 'Thanks', text: 'We have it.' },
        }),
      ],
      websites: [sampleWebsite('shop', 'support', { privacyUrl: 'https://shop.example/', offlineMail: 'a@b.example' })],
      schedules: [
        {
          ...sampleCentre.schedules[0]!,
          country: 'SE',
          holidayKinds: ['public' as const],
          ownDays: [{ day: '12-24', name: 'Christmas Eve' }],
        },
      ],
    }
    for (const language of ['en', 'sv', 'fr'] as const) {
      const texts = diffCentres(emptyCentre, full, around, language).flatMap(({ text, fields }) => [
        text,
        ...fields.flatMap(({ label, after }) => [label, after]),
      ])
      assert.ok(texts.length > 130)
      for (const text of texts) assert.doesNotMatch(text ?? 'undefined', /undefined|\[object/)
    }
  })
})
