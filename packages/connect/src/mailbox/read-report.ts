import type { DeliveryReport } from '@vaxel/core'

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const
const mostReceivers = 100

/** Reads `message/delivery-status` (RFC 3464 §2): a block of its own for the mail, then one for each receiver. */
export function readDeliveryStatus(text: string): readonly DeliveryReport[] {
  const reports: DeliveryReport[] = []
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n+/)) {
    const fields = blockFields(block)
    const receiver = withoutType(fields.get('final-recipient') ?? fields.get('original-recipient'))
    const action = actions.find((one) => one === fields.get('action')?.toLowerCase().split(/[\s(]/, 1)[0])
    if (receiver === undefined || action === undefined || reports.length >= mostReceivers) continue
    const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0]
    const diagnostic = withoutType(fields.get('diagnostic-code'))
    reports.push({
      receiver: receiver.slice(0, 320),
      action,
      ...(status === undefined ? {} : { status }),
      ...(diagnostic === undefined ? {} : { diagnostic: diagnostic.slice(0, 500) }),
    })
  }
  return reports
}

/** Message-IDs in the head of a mail that was returned, whole or its head alone. */
export function returnedIds(text: string): readonly string[] {
  const fields = blockFields(text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/, 1)[0] ?? '')
  return messageIdsOf(fields.get('message-id') ?? '')
}

/** All Message-IDs of a field (RFC 5322 §3.6.4), also where the brackets or the blanks are missing. */
export function messageIdsOf(value: string): readonly string[] {
  const found = [...value.matchAll(/<\s*([^<>\s]{1,990})\s*>/g)].map(([, id]) => `<${id}>`)
  if (found.length > 0) return found
  return value
    .split(/[\s,]+/)
    .filter((word) => /^[^@\s<>]+@[^@\s<>]+$/.test(word) && word.length < 990)
    .map((word) => `<${word}>`)
}

function blockFields(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}

/** `rfc822; a@example.com` → `a@example.com` */
const withoutType = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : value.replace(/^[\w-]+\s*;\s*/, '').trim() || undefined
