import type { CompanyId, UserId } from '@vaxel/base'
import { defaultParking, type Directory, isParkingPlace, type User } from '@vaxel/core'
import { type EventPackage, makeCallCompletionPackage, makeDialogEventPackage } from '@vaxel/sip'
import { userPart } from '../caller-identity.ts'
import type { CallCompletions } from './call-completions.ts'
import type { ParkingLot } from './parking-lot.ts'

/** A package to which telephones subscribe, and who may. */
export interface WatchedFeature {
  readonly package: EventPackage
  /** The resource that the watcher's subscription means; undefined: for them there is nothing. */
  resourceOf(watcher: User, watched: User): string | undefined
  /** The same for a number that is no person's. */
  resourceOfNumber?(watcher: User, number: string): string | undefined
}

const prefix = 'parking '

/**
 * The lamps of telephones with those of parking places added (RFC 4235: a place where a call is parked has a confirmed dialog), and
 * call completion (RFC 6910).
 */
export function watchedFeatures(
  others: readonly WatchedFeature[],
  at: {
    readonly directory: Directory
    readonly lot: ParkingLot
    readonly completions: CallCompletions
    nowMs(): number
  },
): readonly WatchedFeature[] {
  const { directory, lot, completions, nowMs } = at
  const places = makeDialogEventPackage((resource) => {
    const [companyId, place] = resource.slice(prefix.length).split(' ') as [CompanyId, string]
    const domain = directory.domainsOf(companyId)[0]?.name
    if (domain === undefined) return undefined
    const parked = lot.at(companyId, place)
    return {
      entity: `sip:${place}@${domain}`,
      dialogs: parked
        ? [
            {
              id: parked.callId,
              state: 'confirmed',
              direction: 'recipient',
              durationSeconds: Math.max(0, Math.round((nowMs() - parked.sinceMs) / 1000)),
              remote: { uri: `sip:${userPart(parked.number)}@${domain}`, name: parked.who },
            },
          ]
        : [],
    }
  })
  const withPlaces = (dialog: WatchedFeature): WatchedFeature => ({
    resourceOf: (watcher, watched) => dialog.resourceOf(watcher, watched),
    resourceOfNumber(watcher, number) {
      const other = dialog.resourceOfNumber?.(watcher, number)
      if (other !== undefined) return other
      const parking = directory.company(watcher.companyId)?.parking ?? defaultParking
      return isParkingPlace(parking, number) ? placeResource(watcher.companyId, number) : undefined
    },
    package: {
      ...dialog.package,
      body: (resource, context) =>
        resource.startsWith(prefix) ? places.body(resource, context) : dialog.package.body(resource, context),
    },
  })
  return [
    ...others.map((other) => (other.package.name === 'dialog' ? withPlaces(other) : other)),
    {
      package: makeCallCompletionPackage((resource) => {
        const [, calleeId] = resource.split(' ')
        const callee = directory.user(calleeId as UserId)
        const state = callee && completions.stateOf(resource)
        const number = callee?.extension ?? callee?.name
        return state && { state, uri: `sip:${userPart(number ?? '')}@${callee.domain}` }
      }),
      resourceOf: (watcher, watched) =>
        watcher.companyId === watched.companyId && watcher.id !== watched.id
          ? completions.ask(watcher.id, watched.id)
          : undefined,
    },
  ]
}

/** The resource of a parking place's lamp. */
export const placeResource = (companyId: CompanyId, place: string): string => `${prefix}${companyId} ${place}`
