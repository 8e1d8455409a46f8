import type { Binding, BindingStore, Directory } from '@vaxel/core/ports'
import { parseUri, type RegContact, type RegSource } from '@vaxel/sip'

/**
 * The source of the reg event package (RFC 3680): the live bindings of a user's address of record. Call the notifier's
 * `changed('reg', address)` from the registrar's `onChanged`.
 */
export function makeRegSource(options: {
  readonly bindings: BindingStore
  readonly directory: Directory
  readonly nowMs: () => number
}): RegSource {
  return (addressOfRecord) => {
    const uri = parseUri(addressOfRecord)
    if (uri?.user === undefined || options.directory.userByAddress(uri.host, uri.user) === undefined) return undefined
    const nowMs = options.nowMs()
    return options.bindings
      .ofAddress(addressOfRecord)
      .filter((binding) => binding.expiresAtMs > nowMs)
      .map((binding) => asContact(binding, nowMs))
  }
}

const asContact = (binding: Binding, nowMs: number): RegContact => ({
  id: binding.id,
  uri: binding.contact,
  state: 'active',
  event: 'registered',
  expiresSeconds: Math.ceil((binding.expiresAtMs - nowMs) / 1000),
  registeredSeconds: Math.max(0, Math.floor((nowMs - binding.registeredAtMs) / 1000)),
  q: binding.q,
  callId: binding.callId,
  cseq: binding.cseq,
  ...(binding.instanceId !== undefined && { instanceId: binding.instanceId }),
})
