import type { Api } from '../api/api.ts'

/** base64url to bytes. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (char) => char.charCodeAt(0))
}

/**
 * Has the server send messages to this browser while no page is open, if the person has allowed messages. Renews what the
 * browser or the server has forgotten. Resolves to whether it is so now.
 */
export async function subscribePush(api: Api): Promise<boolean> {
  const isAllowed = typeof Notification !== 'undefined' && Notification.permission === 'granted'
  if (!isAllowed || !('PushManager' in globalThis)) return false
  const registration = await navigator.serviceWorker?.ready
  if (!registration) return false
  const { publicKey, endpoints } = await api.call('readPush')
  const known = await registration.pushManager.getSubscription()
  const subscription =
    known ??
    (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) }))
  if (endpoints.includes(subscription.endpoint)) return true
  const { keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  if (p256dh === undefined || auth === undefined) return false
  await api.call('subscribePush', { body: { endpoint: subscription.endpoint, p256dh, auth } })
  return true
}

/** At log-out: this browser is told nothing any more, also where the login has ended and the server cannot be told. */
export async function unsubscribePush(api: Api): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const subscription = await registration?.pushManager?.getSubscription()
  if (!subscription) return
  const { endpoint } = subscription
  await Promise.all([subscription.unsubscribe(), api.call('unsubscribePush', { body: { endpoint } }).catch(() => {})])
}
