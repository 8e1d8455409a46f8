import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { type ReadMail, recognise } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { MailReaderThread } from './mail-reader-thread.ts'
import { readMail } from './read-mail.ts'

/** What a mail of the corpus must be read as; only what is named is looked at. `a|b`: either. */
interface Reading {
  readonly subject?: string
  readonly subjectHas?: string
  readonly text?: string
  readonly textHas?: string
  readonly htmlHas?: string
  readonly htmlHasNot?: readonly string[]
  readonly fromName?: string
  readonly fromAddress?: string | null
  readonly to?: readonly string[]
  readonly messageId?: string
  readonly references?: readonly string[]
  readonly inReplyTo?: readonly string[]
  readonly parts?: readonly string[]
  readonly partCount?: number
  readonly inline?: readonly string[]
  readonly nature?: string
  readonly failed?: readonly string[]
  readonly returned?: readonly string[]
  readonly spam?: boolean
  readonly remote?: boolean
}

const folder = new URL('../../../../tests/mails/', import.meta.url)
const readings = JSON.parse(readFileSync(new URL('readings.json', folder), 'utf8')) as Record<string, Reading>

function check(mail: ReadMail, wanted: Reading): void {
  const { html = '' } = mail
  if (wanted.subject !== undefined) assert.equal(mail.subject, wanted.subject)
  if (wanted.subjectHas !== undefined) assert.ok(mail.subject.includes(wanted.subjectHas), mail.subject)
  if (wanted.text !== undefined) assert.ok(mail.text.trim().startsWith(wanted.text), mail.text)
  if (wanted.textHas !== undefined) assert.ok(mail.text.includes(wanted.textHas), mail.text)
  if (wanted.htmlHas !== undefined) assert.ok(html.includes(wanted.htmlHas), html)
  for (const never of wanted.htmlHasNot ?? []) assert.ok(!html.includes(never), `${never} in ${html}`)
  if (wanted.fromName !== undefined) assert.equal(mail.from?.name, wanted.fromName)
  if (wanted.fromAddress === null) assert.equal(mail.from, undefined)
  else if (wanted.fromAddress !== undefined)
    assert.ok(wanted.fromAddress.split('|').includes(mail.from?.address ?? ''), mail.from?.address)
  if (wanted.to)
    assert.deepEqual(
      mail.to.map(({ address }) => address),
      wanted.to,
    )
  if (wanted.messageId !== undefined) assert.equal(mail.messageId, wanted.messageId)
  if (wanted.references) assert.deepEqual(mail.references, wanted.references)
  if (wanted.inReplyTo) assert.deepEqual(mail.inReplyTo, wanted.inReplyTo)
  if (wanted.parts)
    assert.deepEqual(
      mail.parts.map(({ name }) => name),
      wanted.parts,
    )
  if (wanted.partCount !== undefined) assert.equal(mail.parts.length, wanted.partCount)
  if (wanted.inline)
    assert.deepEqual(
      mail.parts.filter(({ isInline }) => isInline).map(({ name }) => name),
      wanted.inline,
    )
  const { nature, spam } = recognise(mail, 'account-1')
  if (wanted.nature !== undefined) assert.equal(nature, wanted.nature)
  if (wanted.spam !== undefined) assert.equal(spam !== undefined, wanted.spam)
  if (wanted.failed)
    assert.deepEqual(
      mail.reports.filter(({ action }) => action === 'failed').map(({ receiver }) => receiver),
      wanted.failed,
    )
  if (wanted.returned) assert.deepEqual(mail.returned, wanted.returned)
  if (wanted.remote !== undefined) assert.equal(mail.hasRemoteImages, wanted.remote)
}

describe('hard mails', () => {
  for (const [name, wanted] of Object.entries(readings))
    it(`are read: ${name}`, async () => {
      const mail = await readMail(readFileSync(new URL(`${name}.eml`, folder)))
      assert.equal(mail.isRead, true, mail.faults.join())
      check(mail, wanted)
    })

  it('are read with a thousand receivers and a head of a megabyte', async () => {
    const to = Array.from({ length: 1000 }, (_, i) => `"Person ${i}" <p${i}@x.test>`).join(',\r\n ')
    const junk = Array.from({ length: 5000 }, (_, i) => `X-Junk-${i}: ${'j'.repeat(150)}\r\n`).join('')
    const mail = await readMail(Buffer.from(`${junk}From: a@x.test\r\nTo: ${to}\r\nSubject: many\r\n\r\nwords\r\n`))
    assert.deepEqual(
      [mail.subject, mail.from?.address, mail.to.length, mail.text.trim()],
      ['many', 'a@x.test', 500, 'words'],
    )
  })

  it('keep five hundred of three thousand parts, and say so', async () => {
    const parts = Array.from(
      { length: 3000 },
      (_, i) => `--b\r\nContent-Type: application/x; name=f${i}\r\n\r\n${i}\r\n`,
    )
    const mail = await readMail(
      Buffer.from(`From: a@x.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--`),
    )
    assert.equal(mail.parts.length, 500)
    assert.match(mail.faults.join(), /2500 of its parts/)
  })

  it('may be nested two thousand deep', async () => {
    let source = 'Content-Type: text/plain\r\n\r\ndeep'
    for (let i = 0; i < 2000; i++)
      source = `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n${source}\r\n--b${i}--\r\n`
    const mail = await readMail(Buffer.from(`From: a@x.test\r\nSubject: deep\r\n${source}`))
    assert.equal(mail.subject, 'deep')
  })

  it('have one fingerprint whichever way they came, and another one when a word differs', async () => {
    const source = 'From: a@x.test\r\nMessage-ID: <1@x>\r\nSubject: s\r\n\r\nwords\r\n'
    const read = async (text: string) => (await readMail(Buffer.from(text))).fingerprint
    assert.equal(await read(source), await read(`Received: from a by b\r\nX-Spam-Status: No\r\n${source}`))
    assert.notEqual(await read(source), await read(source.replace('words', 'sword')))
    const without = source.replace(/Message-ID.*\r\n/, '')
    assert.notEqual(await read(without), await read(`Received: from a by b\r\n${without}`))
  })
})

describe('the reader of mails', () => {
  it('reads in a thread of its own, and gives up a mail that takes too long without losing the next', async () => {
    const clock = new VirtualClock()
    const reader = new MailReaderThread({ clock })
    const slow = reader.read(Buffer.from('From: a@x.test\r\nSubject: endless\r\n\r\n'))
    const quick = reader.read(Buffer.from('From: b@x.test\r\nSubject: quick\r\n\r\nwords'))
    clock.advance(30_001)
    const { isRead, subject, from, faults } = await slow
    assert.deepEqual([isRead, subject, from?.address], [false, 'endless', 'a@x.test'])
    assert.match(faults.join(), /longer than 30 s/)
    assert.deepEqual([(await quick).isRead, (await quick).subject, (await quick).text.trim()], [true, 'quick', 'words'])
    await reader.close()
    assert.equal((await reader.read(Buffer.from('Subject: late\r\n\r\n'))).isRead, false)
  })
})
