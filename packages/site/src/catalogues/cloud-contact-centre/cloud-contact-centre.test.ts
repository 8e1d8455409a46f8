import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requirementsOf } from '../../catalogue/catalogue.ts'
import { isMet } from '../../catalogue/condition.ts'
import { cloudContactCentre } from './cloud-contact-centre.ts'

describe('requirements of Cloud Contact Centre', () => {
  const flows = requirementsOf(cloudContactCentre.requirements, 'flow')

  it('have each port that the document names, by who begins', () => {
    const rows = flows.map(({ id, body }) => [
      id,
      `${body.from.place} > ${body.to.place}`,
      body.ports.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(' '),
    ])
    assert.deepEqual(rows, [
      ['cc-mail-pop3', 'service > mail-server', '110'],
      ['cc-mail-pop3s', 'service > mail-server', '995'],
      ['cc-mail-imap', 'service > mail-server', '143'],
      ['cc-mail-imaps', 'service > mail-server', '993'],
      ['cc-web', 'customer-network > service', '80 443'],
      ['cc-recordings-download', 'customer-network > recordings-server', '21 30000-30999'],
      ['cc-collaborate', 'customer-network > collaborate', '5907'],
    ])
    assert.ok(flows.every(({ body }) => body.protocol === 'tcp'))
  })

  it('open one way to fetch mail, and none for mailboxes of a public provider', () => {
    const open = (facts: Record<string, string>): readonly string[] =>
      flows.filter(({ appliesWhen }) => isMet(appliesWhen, facts)).map(({ id }) => id)
    assert.deepEqual(open({}), ['cc-web'])
    assert.deepEqual(open({ 'option.mail': 'imaps' }), ['cc-mail-imaps', 'cc-web'])
    assert.deepEqual(open({ 'option.mail': 'imaps', 'option.mailHost': 'third-party' }), ['cc-web'])
  })

  it('measure 100 ms on average and 100 kbit/s a session', () => {
    const [latency] = requirementsOf(cloudContactCentre.requirements, 'quality')
    assert.deepEqual([latency?.body.value, latency?.body.percentile], [100, 'average'])
    const [bandwidth] = requirementsOf(cloudContactCentre.requirements, 'bandwidth')
    assert.deepEqual([bandwidth?.body.kbps, bandwidth?.body.per], [100, 'agent-session'])
  })
})
