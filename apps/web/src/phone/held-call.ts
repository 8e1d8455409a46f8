import type { PageClock } from '../app/app.ts'
import type { KeptCall } from './kept-calls.ts'
import type { ServerFigures } from './line-quality.ts'
import type { PhoneCall } from './phone-state.ts'
import type { SipCall } from './sip-phone.ts'

/** One call with what is known of it besides its signalling. */
export interface HeldCall {
  readonly call: SipCall
  readonly stops: (() => void)[]
  more: Pick<PhoneCall, 'consultsFor' | 'returningSinceMs' | 'returnedAfterMs' | 'quality' | 'figures' | 'name'> & {
    readonly number?: string
    readonly direction?: 'in' | 'out'
  }
  /** As it was last, for a page that comes back. */
  replaces?: string
  isHeld?: boolean
  server?: ServerFigures
}

/** As the screens draw it. */
export function viewOf({ call, more }: HeldCall): PhoneCall {
  const name = more.name ?? call.remote.name
  return {
    id: call.id,
    direction: call.direction,
    number: call.remote.number,
    state: call.state.get(),
    isMuted: call.isMuted.get(),
    ...more,
    ...(name === undefined ? {} : { name }),
  }
}

/** As it survives the page. */
export function keptOf({ call, replaces, isHeld, more }: HeldCall): KeptCall {
  const state = call.state.get()
  const name = more.name ?? call.remote.name
  return {
    replaces: replaces ?? '',
    sipCallId: replaces?.split(';', 1)[0] ?? '',
    number: more.number ?? call.remote.number,
    ...(name === undefined ? {} : { name }),
    direction: more.direction ?? call.direction,
    ...(state.name === 'connected' ? { connectedAtMs: state.sinceMs } : {}),
    ...(call.isMuted.get() ? { isMuted: true } : {}),
    ...(isHeld ? { isHeld } : {}),
  }
}

export const isConnected = ({ call }: HeldCall): boolean => call.state.get().name === 'connected'

/** Connected, and not on hold by this side. */
export function isSpokenOn({ call }: HeldCall): boolean {
  const state = call.state.get()
  return state.name === 'connected' && !state.isHeld
}

/** What became of a call: connected, or the status (or the side) that ended it. */
export function settled(call: SipCall): Promise<'connected' | 'us' | 'lost' | number> {
  return new Promise((resolve) => {
    const look = () => {
      const state = call.state.get()
      if (state.name === 'connected') done('connected')
      if (state.name === 'ended') done(state.end.status ?? (state.end.by === 'us' ? 'us' : 'lost'))
    }
    const stop = call.state.subscribe(look)
    const done = (result: 'connected' | 'us' | 'lost' | number) => {
      stop()
      resolve(result)
    }
    look()
  })
}

const retrieveMs = 5000

/** Until the other side has agreed that a held call goes on, or it is over, or takes too long. */
export function untilTalking(call: SipCall, clock: PageClock): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const state = call.state.get()
      if (state.name === 'connected' && state.isHeld) return
      stop()
      stopTimer()
      resolve()
    }
    const stop = call.state.subscribe(look)
    const stopTimer = clock.startTimer(retrieveMs, () => {
      stop()
      resolve()
    })
    look()
  })
}
