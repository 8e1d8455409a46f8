/** Devices that are registered from more than one address or by more than one kind of phone at once. */
export function registeredTwice(
  bindings: readonly { readonly deviceId: string; readonly remoteAddress: string; readonly userAgent?: string }[],
): ReadonlySet<string> {
  const places = new Map<string, Set<string>>()
  for (const { deviceId, remoteAddress, userAgent } of bindings) {
    const seen = places.get(deviceId) ?? new Set()
    places.set(deviceId, seen.add(`${remoteAddress} ${userAgent ?? ''}`))
  }
  return new Set([...places].filter(([, seen]) => seen.size > 1).map(([deviceId]) => deviceId))
}
