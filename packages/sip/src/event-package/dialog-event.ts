import type { EventPackage } from './event-package.ts'
import { attributes, documentOf, escape } from './xml.ts'

/** A dialog of a watched user, as RFC 4235 §3.7.1 has its states. */
export interface WatchedDialog {
  /** The same for one dialog all its life. */
  readonly id: string
  readonly state: 'trying' | 'early' | 'confirmed' | 'terminated'
  readonly direction: 'initiator' | 'recipient'
  readonly durationSeconds?: number
  /** The watched side holds (RFC 4235 §4.1.6.2: it renders nothing). */
  readonly isHeld?: true
  /** Who is on the other side; only for watchers who may know. */
  readonly remote?: { readonly uri: string; readonly name?: string }
}

/** What is to be told of a resource. */
export interface WatchedDialogs {
  /** The watched address of record. */
  readonly entity: string
  /** Those that ended a moment ago too, so that a lamp sees the end. */
  readonly dialogs: readonly WatchedDialog[]
}

/**
 * The dialog event package (RFC 4235), for lamps. Every NOTIFY has the full state, as §3.9 allows, so that one that is lost or skipped
 * leaves no lamp burning. @param source undefined when there is no such resource any more
 */
export function makeDialogEventPackage(source: (resource: string) => WatchedDialogs | undefined): EventPackage {
  return {
    name: 'dialog',
    contentTypes: ['application/dialog-info+xml'],
    defaultExpiresSeconds: 3600,
    minExpiresSeconds: 60,
    maxExpiresSeconds: 7200,
    body(resource, { version, contentType }) {
      const watched = source(resource)
      return watched && { contentType, bytes: writeDialogInfo(watched, version) }
    },
  }
}

/** A dialog-info document with the full state (RFC 4235 §4). */
export function writeDialogInfo({ entity, dialogs }: WatchedDialogs, version: number): Uint8Array {
  const xmlns = 'urn:ietf:params:xml:ns:dialog-info'
  return documentOf([
    `<dialog-info${attributes({ xmlns, version, state: 'full', entity })}>`,
    ...dialogs.flatMap((dialog) => writeDialog(dialog, entity)),
    '</dialog-info>',
  ])
}

function writeDialog(
  { id, state, direction, durationSeconds, isHeld, remote }: WatchedDialog,
  entity: string,
): readonly string[] {
  return [
    `<dialog${attributes({ id, direction })}>`,
    `<state>${state}</state>`,
    ...(durationSeconds === undefined ? [] : [`<duration>${durationSeconds}</duration>`]),
    ...(isHeld
      ? [`<local><target${attributes({ uri: entity })}><param pname="+sip.rendering" pval="no"/></target></local>`]
      : []),
    ...(remote === undefined
      ? []
      : [
          `<remote><identity${attributes({ display: remote.name })}>${escape(remote.uri)}</identity>`,
          `<target${attributes({ uri: remote.uri })}/></remote>`,
        ]),
    '</dialog>',
  ]
}
