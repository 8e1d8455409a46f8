import assert from 'node:assert/strict'
import { it } from 'node:test'
import { withoutMailbox, withThing } from './centre-things.ts'
import { sampleCentre, sampleMailbox, sampleQueue } from './sample-centre.ts'

it('takes a mailbox out with what only names it: queues that answered from it answer from none, others stay', () => {
  const centre = withThing(
    withThing(
      withThing(sampleCentre, 'mailboxes', sampleMailbox('sales')),
      'queues',
      sampleQueue('support', { mailboxId: 'info' }),
    ),
    'queues',
    sampleQueue('sales', { mailboxId: 'sales' }),
  )
  const without = withoutMailbox(centre, 'info')
  assert.deepEqual(
    without.mailboxes.map(({ id }) => id),
    ['sales'],
  )
  assert.deepEqual(
    without.queues.map(({ mailboxId }) => mailboxId),
    [undefined, 'sales'],
  )
})
