import type { KeptValues } from '../base/storage.ts'
import type { PageClock } from '../app/app.ts'
import type { LockWish, TabMeans } from './tab-lock.ts'

interface LockManagerLike {
  request(name: string, options: { readonly steal: boolean }, run: () => Promise<void>): Promise<void>
}

/** How tabs of this browser find out who holds the phone; locks where there are some (not in Firefox before 96). */
export function pageTabs(kept: KeptValues, clock: PageClock): TabMeans {
  const { locks } = navigator as Navigator & { readonly locks?: LockManagerLike }
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('vaxel-phone') : undefined
  return {
    ...(locks
      ? {
          lock: ({ isTaking, held, lost }: LockWish) =>
            void locks.request('vaxel-phone', { steal: isTaking }, held).catch(lost),
        }
      : {}),
    channel: {
      post: (message) => channel?.postMessage(message),
      onMessage: (listener) => {
        const hear = ({ data }: MessageEvent) => listener(data)
        channel?.addEventListener('message', hear)
        return () => channel?.removeEventListener('message', hear)
      },
    },
    lease: {
      get: () => kept.get('phone.lease'),
      set: (lease) => (lease === undefined ? kept.remove('phone.lease') : kept.set('phone.lease', lease)),
    },
    nowMs: () => clock.nowMs(),
    startTimer: (delayMs, run) => clock.startTimer(delayMs, run),
    tabId: crypto.getRandomValues(new Uint32Array(2)).join('-'),
  }
}
