// The service worker of the installed app: opens it without a network, and shows what the server pushes when no page is open.
const store = 'vaxel-1'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  // What has its content in its name never changes.
  if (url.pathname.startsWith('/assets/')) event.respondWith(fromStore(event))
  else if (request.mode === 'navigate' && !/^\/(api\/|verify$)/.test(url.pathname)) event.respondWith(pageOf(event))
})

// What cannot be kept or read, as on a full or a broken disk, comes from the server all the same; and nothing waits until it is kept.

async function keptOf(what) {
  try {
    return await (await caches.open(store)).match(what)
  } catch {
    return undefined
  }
}

async function keep(what, response) {
  try {
    const cache = await caches.open(store)
    await cache.put(what, response)
    if (what === '/') await forgetOld(cache)
  } catch {
    // The server has it still.
  }
}

/** Files of builds that are long gone; the whole list is read for it, so it is done once a page and not once a file. */
async function forgetOld(cache) {
  const keys = await cache.keys()
  for (const key of keys.slice(0, Math.max(0, keys.length - 200))) await cache.delete(key)
}

async function fromStore(event) {
  const { request } = event
  const kept = await keptOf(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) event.waitUntil(keep(request, response.clone()))
  return response
}

/** The page as the server has it; without a server, as it was last. */
async function pageOf(event) {
  try {
    const response = await fetch(event.request)
    if (response.ok && response.headers.get('content-type')?.startsWith('text/html'))
      event.waitUntil(keep('/', response.clone()))
    return response
  } catch (error) {
    const kept = await keptOf('/')
    if (kept) return kept
    throw error
  }
}

self.addEventListener('push', (event) => {
  event.waitUntil(show(event.data?.json() ?? {}))
})

/** A page in sight shows it by itself. */
async function show(told) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (pages.some((page) => page.visibilityState === 'visible')) return
  await self.registration.showNotification(told.title ?? 'Vaxel', {
    body: told.body ?? '',
    tag: told.tag,
    icon: '/icons/vaxel-192.png',
    badge: '/icons/vaxel-192.png',
    requireInteraction: told.isUrgent === true,
    data: { path: told.path ?? '/' },
  })
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.path ?? '/'))
})

/** The page that is open, or a new one; only pages of our own. */
async function open(path) {
  const safe = path.startsWith('/') && !path.startsWith('//') ? path : '/'
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [first] = pages
  if (first) return await first.focus()
  return await self.clients.openWindow(safe)
}
