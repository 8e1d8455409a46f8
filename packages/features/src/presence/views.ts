import type { UserId } from '@vaxel/base'
import type { ChosenPresence, PersonPresence } from '@vaxel/contract'
import type { Presence, PresenceClaim } from '@vaxel/core'

const seconds = (ms: number): number => Math.floor(ms / 1000)

export const personView = (
  id: UserId,
  { state, why, sinceMs, untilMs, note, place, title }: Presence,
): PersonPresence => ({
  id,
  state,
  why,
  ...(sinceMs === undefined ? {} : { since: seconds(sinceMs) }),
  ...(untilMs === undefined ? {} : { until: seconds(untilMs) }),
  ...(note === undefined ? {} : { note }),
  ...(place === undefined ? {} : { place }),
  ...(title === undefined ? {} : { title }),
})

export const chosenView = ({ state, untilMs, note }: PresenceClaim): ChosenPresence => ({
  state,
  ...(untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() }),
  ...(note === undefined ? {} : { note }),
})
