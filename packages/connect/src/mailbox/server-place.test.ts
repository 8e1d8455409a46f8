import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MailboxFault, type MailboxTrouble } from '@vaxel/core'
import { atFirstThatAnswers, type ServerPlace } from './server-place.ts'

describe('a mail server with several addresses', () => {
  const places = ['2001:db8::1', '192.0.2.1'].map(
    (address): ServerPlace => ({ address, port: 993, isSecure: true, isUpgraded: false, tls: {} }),
  )
  const openWhere = (trouble: MailboxTrouble) => {
    const asked: string[] = []
    const opened = atFirstThatAnswers(places, async ({ address }) => {
      asked.push(address)
      if (address === places[0]!.address) throw new MailboxFault(trouble, 'no')
      return address
    })
    return { asked, opened }
  }

  it('is asked at the next one when the first refuses, or says nothing', async () => {
    for (const trouble of ['port', 'silence'] as const) assert.equal(await openWhere(trouble).opened, '192.0.2.1')
  })

  it('is asked no further when somebody has answered', async () => {
    for (const trouble of ['login', 'certificate', 'tls', 'protocol', 'folder'] as const) {
      const { asked, opened } = openWhere(trouble)
      await assert.rejects(opened, { trouble })
      assert.deepEqual(asked, ['2001:db8::1'])
    }
  })
})
