import type { EventPackage } from './event-package.ts'
import { attributes, documentOf, escape } from './xml.ts'

/** Somebody in a conference, for a conference document. */
export interface WatchedMember {
  /** Of the member's call: names the endpoint. */
  readonly id: string
  /** `sip:202@example.com`. */
  readonly uri: string
  readonly name?: string
  readonly isModerator: boolean
  /** The others hear them. */
  readonly isHeard: boolean
  readonly joinedAtMs: number
}

/** A conference as telephones may know it. */
export interface WatchedConference {
  readonly entity: string
  readonly name: string
  readonly isLocked: boolean
  readonly mostMembers: number
  readonly members: readonly WatchedMember[]
}

/** The conference event package (RFC 4575); each document is the full state. */
export function makeConferenceEventPackage(source: (resource: string) => WatchedConference | undefined): EventPackage {
  return {
    name: 'conference',
    contentTypes: ['application/conference-info+xml'],
    defaultExpiresSeconds: 3600,
    minExpiresSeconds: 60,
    maxExpiresSeconds: 7200,
    body(resource, { contentType, version }) {
      const conference = source(resource)
      return conference && { contentType, bytes: writeConferenceInfo(conference, version) }
    },
  }
}

/**
 * A conference document (RFC 4575 §5). @param version counts up within one subscription, from 0; documents begin at 1
 */
export function writeConferenceInfo(conference: WatchedConference, version: number): Uint8Array {
  const { entity, name, isLocked, mostMembers, members } = conference
  const namespaces = { xmlns: 'urn:ietf:params:xml:ns:conference-info' }
  return documentOf([
    `<conference-info${attributes({ ...namespaces, entity, state: 'full', version: version + 1 })}>`,
    '<conference-description>',
    `<display-text>${escape(name)}</display-text>`,
    `<maximum-user-count>${mostMembers}</maximum-user-count>`,
    '</conference-description>',
    '<conference-state>',
    `<user-count>${members.length}</user-count>`,
    `<active>${members.length > 0}</active>`,
    `<locked>${isLocked}</locked>`,
    '</conference-state>',
    '<users>',
    ...members.flatMap(userElement),
    '</users>',
    '</conference-info>',
  ])
}

function userElement({ id, uri, name, isModerator, isHeard, joinedAtMs }: WatchedMember): string[] {
  return [
    `<user${attributes({ entity: uri, state: 'full' })}>`,
    ...(name === undefined ? [] : [`<display-text>${escape(name)}</display-text>`]),
    `<roles><entry>${isModerator ? 'moderator' : 'participant'}</entry></roles>`,
    `<endpoint${attributes({ entity: `${uri};member=${id}` })}>`,
    '<status>connected</status>',
    `<joining-info><when>${new Date(joinedAtMs).toISOString()}</when></joining-info>`,
    `<media id="1"><type>audio</type><status>${isHeard ? 'sendrecv' : 'recvonly'}</status></media>`,
    '</endpoint>',
    '</user>',
  ]
}
