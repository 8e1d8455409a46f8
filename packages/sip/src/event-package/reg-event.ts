import type { EventPackage } from './event-package.ts'
import { attributes, escape } from './xml.ts'

/** One contact of a registration, as its watchers see it (RFC 3680 §5.2). */
export interface RegContact {
  /** The same for one binding all its life. */
  readonly id: string
  readonly uri: string
  readonly state: 'active' | 'terminated'
  readonly event:
    | 'registered'
    | 'created'
    | 'refreshed'
    | 'shortened'
    | 'expired'
    | 'deactivated'
    | 'probation'
    | 'unregistered'
    | 'rejected'
  readonly expiresSeconds?: number
  readonly registeredSeconds?: number
  readonly q?: number
  readonly callId?: string
  readonly cseq?: number
  /** `urn:uuid:…` */
  readonly instanceId?: string
  /** RFC 5628 §4. */
  readonly publicGruu?: string
}

/** The contacts of an address of record now; undefined when there is no such address. */
export type RegSource = (addressOfRecord: string) => readonly RegContact[] | undefined

const encoder = new TextEncoder()

/** The reg event package (RFC 3680, with the GRUUs of RFC 5628). The resource is the address of record. */
export function makeRegEventPackage(source: RegSource): EventPackage {
  return {
    name: 'reg',
    contentTypes: ['application/reginfo+xml'],
    defaultExpiresSeconds: 3_761,
    minExpiresSeconds: 60,
    maxExpiresSeconds: 7_200,
    body(resource, { version, contentType }) {
      const contacts = source(resource)
      return contacts && { contentType, bytes: encoder.encode(writeReginfo(resource, contacts, version)) }
    },
  }
}

/** A reginfo document with the full state (RFC 3680 §5). */
export function writeReginfo(addressOfRecord: string, contacts: readonly RegContact[], version: number): string {
  const state =
    contacts.length === 0 ? 'init' : contacts.some((contact) => contact.state === 'active') ? 'active' : 'terminated'
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<reginfo xmlns="urn:ietf:params:xml:ns:reginfo" xmlns:gr="urn:ietf:params:xml:ns:gruuinfo" version="${version}" state="full">`,
    `<registration${attributes({ aor: addressOfRecord, id: addressOfRecord, state })}>`,
    ...contacts.map(writeContact),
    '</registration>',
    '</reginfo>',
  ]
  return `${lines.join('\n')}\n`
}

function writeContact(contact: RegContact): string {
  const { id, state, event, q, callId, cseq } = contact
  const attributesText = attributes({
    id,
    state,
    event,
    'duration-registered': contact.registeredSeconds,
    expires: contact.expiresSeconds,
    q,
    callid: callId,
    cseq,
  })
  const instance =
    contact.instanceId === undefined
      ? ''
      : `<unknown-param name="+sip.instance">${escape(`"<${contact.instanceId}>"`)}</unknown-param>`
  const gruu = contact.publicGruu === undefined ? '' : `<gr:pub-gruu${attributes({ uri: contact.publicGruu })}/>`
  return `<contact${attributesText}><uri>${escape(contact.uri)}</uri>${instance}${gruu}</contact>`
}
