import type { App } from '../app/app.ts'
import { phoneHolder, phoneState } from './phone-holder.ts'
import { isRingingHere } from './phone-state.ts'

/** Shows calls where the page is not seen: in the title, and as a message of the system if the person allowed that. */
export function showCallsOutside(app: App): () => void {
  const title = document.title
  let shown: { id: string; notification: Notification } | undefined
  const close = () => {
    shown?.notification.close()
    shown = undefined
  }
  const look = () => {
    const ringing = phoneState.get().calls.find(isRingingHere)
    const { words } = app.speech.speech.get()
    const who = ringing?.name ?? ringing?.number ?? ''
    document.title = ringing ? `☎ ${words.phone.callFrom(who)}` : title
    if (!ringing || shown?.id !== ringing.id) close()
    if (!ringing || shown || !document.hidden) return
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
    try {
      const notification = new Notification(words.phone.incoming, {
        body: who,
        icon: '/icons/vaxel-192.png',
        tag: 'call',
        requireInteraction: true,
      })
      notification.addEventListener('click', () => {
        window.focus()
        void phoneHolder.get()?.phone.answer(ringing.id)
        close()
      })
      shown = { id: ringing.id, notification }
    } catch {
      // Browsers of phones let only the service worker show messages.
    }
  }
  const stop = phoneState.subscribe(look)
  return () => {
    stop()
    close()
    document.title = title
  }
}
