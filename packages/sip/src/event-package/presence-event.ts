import type { EventPackage } from './event-package.ts'
import { attributes, documentOf, escape } from './xml.ts'

/** What a person does, of RFC 4480 §3.2. */
export type Activity = 'on-the-phone' | 'busy' | 'meeting' | 'away'

/** How somebody is, for a presence document. */
export interface WatchedPresence {
  /** The watched address of record. */
  readonly entity: string
  /** Whether it makes sense to reach out (RFC 3863 §4.1.4). */
  readonly isOpen: boolean
  readonly activity?: Activity
  readonly note?: string
  /** Milliseconds since 1970. */
  readonly sinceMs?: number
}

/** The presence event package (RFC 3856) with PIDF (RFC 3863) and activities (RFC 4480). */
export function makePresenceEventPackage(source: (resource: string) => WatchedPresence | undefined): EventPackage {
  return {
    name: 'presence',
    contentTypes: ['application/pidf+xml'],
    defaultExpiresSeconds: 3600,
    minExpiresSeconds: 60,
    maxExpiresSeconds: 7200,
    body(resource, { contentType }) {
      const presence = source(resource)
      return presence && { contentType, bytes: writePidf(presence) }
    },
  }
}

/** A presence document (RFC 3863 §4, RFC 4479 for the person). */
export function writePidf({ entity, isOpen, activity, note, sinceMs }: WatchedPresence): Uint8Array {
  const namespaces = {
    xmlns: 'urn:ietf:params:xml:ns:pidf',
    'xmlns:dm': 'urn:ietf:params:xml:ns:pidf:data-model',
    'xmlns:rpid': 'urn:ietf:params:xml:ns:pidf:rpid',
  }
  return documentOf([
    `<presence${attributes({ ...namespaces, entity })}>`,
    '<tuple id="line">',
    `<status><basic>${isOpen ? 'open' : 'closed'}</basic></status>`,
    `<contact>${escape(entity)}</contact>`,
    ...(note === undefined ? [] : [`<note>${escape(note)}</note>`]),
    ...(sinceMs === undefined ? [] : [`<timestamp>${new Date(sinceMs).toISOString()}</timestamp>`]),
    '</tuple>',
    '<dm:person id="person">',
    ...(activity === undefined ? [] : [`<rpid:activities><rpid:${activity}/></rpid:activities>`]),
    ...(note === undefined ? [] : [`<dm:note>${escape(note)}</dm:note>`]),
    '</dm:person>',
    '</presence>',
  ])
}
