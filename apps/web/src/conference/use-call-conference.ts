import { useEffect } from 'react'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import type { PhoneCall } from '../phone/phone-state.ts'
import type { PhoneViewModel } from '../phone/phone-view-model.ts'
import { useOwnConnection } from '../phone/use-own-connection.ts'
import { conferenceStore } from './conference-services.ts'
import type { Conference } from './conference-store.ts'

/** The conference that a call of this browser is in, as the server mixes it; undefined for a call of two. */
export function useCallConference(
  call: PhoneCall,
  phone: PhoneViewModel,
): { readonly conference: Conference; readonly memberId: string } | undefined {
  const app = useApp()
  const store = conferenceStore(app)
  const running = useValue(store.running)
  const me = useValue(app.me)
  const [own, askAgain] = useOwnConnection(call, phone, isAboutCalls)
  const memberId = own?.callId
  const isIn = running.some(({ members }) => members.some(({ userId }) => userId === me?.user.id))
  const conference = running.find(({ members }) => members.some(({ id }) => id === memberId))
  const isKnown = conference !== undefined
  useEffect(() => {
    // A conference that began before this page did is told by nobody.
    store.loadRunning().catch(() => {})
  }, [store])
  useEffect(() => {
    // Whoever is taken into a conference by another is in a call of its own from then on, by a name that the server knows.
    if (isIn && !isKnown) askAgain()
  }, [isIn, isKnown, askAgain])
  return conference !== undefined && memberId !== undefined ? { conference, memberId } : undefined
}

/** Who else is in it, in one line. */
export const othersOf = ({ members }: Conference, memberId: string): string =>
  members
    .filter(({ id }) => id !== memberId)
    .map(({ name, number }) => name ?? number)
    .join(', ')

const isAboutCalls = (kind: string): boolean => kind.startsWith('call.')
