import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Mail, User } from '@vaxel/core'
import { createAttendant } from './feature.ts'

const people: Readonly<Record<string, Partial<User>>> = {
  anna: { companyId: 'c' as never, displayName: 'Anna\r\nBcc: x@example.com', language: 'en' },
  bo: { companyId: 'c' as never, displayName: 'Bo', language: 'sv', email: 'bo@example.com' },
  eva: { companyId: 'c' as never, displayName: 'Eva', language: 'fr' },
  other: { companyId: 'd' as never, displayName: 'Other', language: 'en', email: 'other@example.com' },
}

/** What is mailed when Anna writes to somebody. */
async function write(userId: string) {
  const mails: Mail[] = []
  const { handlers } = createAttendant({
    directory: { user: (id) => people[id] as User | undefined },
    mailer: { queue: async (_, mail) => void mails.push(mail) },
  })
  const reply = await handlers[0]!.perform({
    principal: { sessionId: 's', userId: 'anna', companyId: 'c', role: 'attendant', isOperator: false },
    params: { userId },
    query: {},
    body: { text: 'Eva Berg called about the invoice.' },
  } as never)
  return { mails, reply }
}

describe('a message to a colleague who is not there', () => {
  it('is mailed in their language, and the name of who took it stays in its line', async () => {
    const { mails, reply } = await write('bo')
    assert.deepEqual(reply, { isMailed: true })
    assert.deepEqual(mails, [
      {
        to: 'bo@example.com',
        subject: 'Meddelande från Anna Bcc: x@example.com',
        text: 'Eva Berg called about the invoice.\n\nAnna Bcc: x@example.com tog emot meddelandet åt dig. Det finns även i din chatt.\n',
      },
    ])
  })

  it('says when there is no address, and reaches nobody of another company', async () => {
    assert.deepEqual(await write('eva'), { mails: [], reply: { isMailed: false } })
    for (const id of ['other', 'nobody']) {
      const { mails, reply } = await write(id)
      assert.deepEqual(mails, [])
      assert.equal((reply as { code?: string }).code, 'API_NOT_FOUND')
    }
  })
})
