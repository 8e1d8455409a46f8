import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fillTemplate, searchTemplates } from './template-fields.ts'
import type { Template } from './work.ts'

const texts: Template[] = [
  { id: '1', name: 'Öppettider', kind: 'knowledge', text: 'We are open from {from}.' },
  { id: '2', name: 'Refund', kind: 'mail', subject: 'Your order', text: 'Dear {customer}, öppet köp is 30 days.' },
  { id: '3', name: 'Other queue', kind: 'knowledge', text: 'x', queueIds: ['q2'] },
]
const all = ['knowledge', 'mail', 'chat'] as const

describe('texts with fields', () => {
  it('are filled in with what is known, say what is not, and never read a value for fields', () => {
    const text = { id: '1', subject: '{customer}', text: 'Dear {customer}, {agent} {toString} {agent}' }
    const filled = fillTemplate(text, { customer: '{agent}', agent: '' })
    assert.deepEqual(filled, {
      id: '1',
      subject: '{agent}',
      text: 'Dear {agent}, {agent} {toString} {agent}',
      open: ['agent', 'toString'],
    })
  })

  it('are found by the beginnings of words in their name first, then by what they say, whatever the accents', () => {
    const find = (typed: string, queueId = 'q1') =>
      searchTemplates(texts, { typed, queueId, kinds: all }).map(({ id }) => id)
    assert.deepEqual(find('oppet'), ['1', '2'])
    assert.deepEqual(find('30 köp'), ['2'])
    assert.deepEqual(find(''), ['1', '2'])
    assert.deepEqual(find('other', 'q2'), ['3'])
    assert.deepEqual(find('nothing'), [])
  })
})
