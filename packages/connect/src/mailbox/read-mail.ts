import type { MailAddress, ReadMail, ReadPart } from '@vaxel/core'
import type { AddressObject, Attachment, EmailAddress } from 'mailparser'
import { partName } from './part-name.ts'
import { messageIdsOf, readDeliveryStatus, returnedIds } from './read-report.ts'
import { fingerprintOf, type SplitSource, splitSource } from './split-source.ts'
import { decodeField, plainHead, repairText } from './words-of-fields.ts'

const mostParts = 500
/** Of which all are looked at. */
const mostNodes = 20_000
const mostHeadBytes = 8 * 1024 * 1024
const mostTextChars = 2_000_000
const mostAddresses = 500
const mostValues = 5

const parserOptions = {
  keepCidLinks: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  maxChildNodes: mostNodes,
  maxHeadSize: mostHeadBytes,
}

/** Fields that decide how a mail is treated. */
const kept = [
  ...['return-path', 'content-type', 'auto-submitted', 'precedence', 'list-id', 'list-post', 'list-unsubscribe'],
  ...['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-mail-autoreply', 'x-auto-response-suppress'],
  ...['x-failed-recipients', 'x-spam-flag', 'x-spam-status', 'x-spam', 'x-forefront-antispam-report'],
  ...['x-ms-exchange-organization-scl', 'authentication-results', 'x-vaxel-mailbox'],
]

/**
 * Reads a mail: its fields, its text in the character sets of the world, its HTML made safe, its parts as files. What cannot be read is
 * said in `faults`; a mail of which nothing can be read is shown as its source.
 */
export async function readMail(source: Uint8Array): Promise<ReadMail> {
  const split = splitSource(source)
  try {
    return await readSplit(source, split)
  } catch (error) {
    return unread(source, `it cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** What is known of a mail whose text cannot be read: the fields of its head. */
export function unread(source: Uint8Array, fault: string): ReadMail {
  const split = splitSource(source)
  const from = addressIn(decodeField(split.fields.get('from')?.[0] ?? ''))
  return {
    isRead: false,
    faults: [fault.slice(0, 300)],
    ...(from ? { from } : {}),
    replyTo: [],
    to: [],
    cc: [],
    subject: decodeField(split.fields.get('subject')?.[0] ?? '').slice(0, 1000),
    ...referencesOf(split),
    fields: keptFields(split),
    text: '',
    hasRemoteImages: false,
    parts: [],
    reports: [],
    returned: [],
    fingerprint: fingerprintOf(split),
  }
}

async function readSplit(source: Uint8Array, split: SplitSource): Promise<ReadMail> {
  const faults: string[] = []
  // Loaded with the first mail, in the thread that reads them.
  const [{ simpleParser }, { mostHtmlChars, safeHtml }] = await Promise.all([
    import('mailparser'),
    import('./safe-html.ts'),
  ])
  const parsed = await simpleParser(withPlainHead(source, split), {
    ...parserOptions,
    maxHtmlLengthToParse: mostHtmlChars,
  })
  const attachments = parsed.attachments ?? []
  if (attachments.length > mostParts)
    faults.push(`${attachments.length - mostParts} of its parts are in its source only`)
  const html =
    parsed.html === false || parsed.html === undefined || parsed.html === '' ? undefined : safeHtml(parsed.html)
  const from = addressesOf(parsed.from)[0] ?? addressIn(decodeField(split.fields.get('from')?.[0] ?? ''))
  const subject = repairText(parsed.subject ?? '', split.fields.get('subject')?.[0])
  const sentAtMs = parsed.date?.getTime()
  const parts = attachments.slice(0, mostParts).map(toPart)
  return {
    isRead: true,
    faults,
    ...(from ? { from } : {}),
    replyTo: addressesOf(parsed.replyTo),
    to: addressesOf(parsed.to),
    cc: addressesOf(parsed.cc),
    subject: subject.slice(0, 1000),
    ...(sentAtMs !== undefined && Number.isFinite(sentAtMs) ? { sentAtMs } : {}),
    ...referencesOf(split),
    fields: keptFields(split),
    text: (html ? withoutImages(parsed.text ?? '') : (parsed.text ?? '')).slice(0, mostTextChars),
    ...(html ? { html: html.html } : {}),
    hasRemoteImages: html?.hasRemoteImages ?? false,
    parts,
    reports: attachments
      .filter(({ contentType }) => /^message\/(global-)?delivery-status$/i.test(contentType))
      .flatMap(({ content }) => readDeliveryStatus(content.toString('utf8'))),
    returned: attachments
      .filter(({ contentType }) =>
        /^(message\/(rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/i.test(contentType),
      )
      .flatMap(({ content }) => returnedIds(content.toString('latin1')))
      .slice(0, 20),
    fingerprint: fingerprintOf(split),
  }
}

/** Fields in no character set that says its name (not RFC 6532) would be read as UTF-8, and lose their letters. */
function withPlainHead(source: Uint8Array, { head }: SplitSource): Buffer {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  const plain = plainHead(head)
  return plain === head ? bytes : Buffer.concat([plain, bytes.subarray(head.length)])
}

function referencesOf({ fields }: SplitSource): Pick<ReadMail, 'messageId' | 'inReplyTo' | 'references'> {
  const all = (name: string) => (fields.get(name) ?? []).flatMap(messageIdsOf)
  const [messageId] = all('message-id')
  return {
    ...(messageId === undefined ? {} : { messageId }),
    inReplyTo: all('in-reply-to').slice(-10),
    references: all('references').slice(-100),
  }
}

const keptFields = ({ fields }: SplitSource): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    kept.flatMap((name) => {
      const values = fields.get(name)
      return values ? [[name, values.slice(0, mostValues).map((value) => value.slice(0, 2000))]] : []
    }),
  )

function addressesOf(found: AddressObject | AddressObject[] | undefined): readonly MailAddress[] {
  const flat = (address: EmailAddress): readonly EmailAddress[] => address.group?.flatMap(flat) ?? [address]
  return [found ?? []]
    .flat()
    .flatMap(({ value }) => value.flatMap(flat))
    .filter(({ address }) => address !== undefined && /^[^\s@<>"]+@[^\s@<>"]+$/.test(address))
    .slice(0, mostAddresses)
    .map(({ address = '', name }) => {
      const shown = repairText(name, undefined).trim().slice(0, 200)
      return { address: address.slice(0, 320), ...(shown === '' ? {} : { name: shown }) }
    })
}

/** The first thing that looks like an address, for fields that follow no rule. */
function addressIn(text: string): MailAddress | undefined {
  const address = /[^\s@<>"',;()]{1,64}@[^\s@<>"',;()]{1,255}/.exec(text)?.[0]
  if (address === undefined) return undefined
  const name = text.slice(0, text.indexOf(address)).replace(/[<"']/g, '').trim().slice(0, 200)
  return { address, ...(name === '' ? {} : { name }) }
}

function toPart(attachment: Attachment, index: number): ReadPart {
  const { contentType, content, contentId, contentDisposition, related } = attachment
  const cid = contentId?.replace(/^<|>$/g, '').slice(0, 300)
  return {
    name: partName(attachment.filename, contentType, index),
    mediaType: /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(contentType)
      ? contentType.toLowerCase()
      : 'application/octet-stream',
    content,
    ...(cid === undefined || cid === '' ? {} : { contentId: cid }),
    isInline: cid !== undefined && cid !== '' && (related || contentDisposition !== 'attachment'),
  }
}

/** Where a mail has HTML alone, the library writes the addresses of its images into the text. */
const withoutImages = (text: string): string => text.replace(/\[(?:cid:|https?:\/\/)[^\]\s]{0,2000}\]/g, '')
