import type { Binding } from '@vaxel/core/ports'
import { makeResponse, type SipRequest, type SipResponse } from '@vaxel/sip'

export interface GruusOfBinding {
  readonly public: string
  readonly temporary: string | undefined
}

/**
 * The 200 to a REGISTER: every binding with what is left of its lifetime (RFC 3261 §10.3 step 8), Path (RFC 3327 §5.3),
 * Service-Route (RFC 3608 §6), outbound (RFC 5626 §6) and GRUUs (RFC 5627 §5.2).
 */
export function makeRegisteredResponse(
  request: SipRequest,
  bindings: readonly Binding[],
  more: {
    nowMs: number
    path: readonly string[]
    isOutbound: boolean
    flowTimerSeconds: number
    serviceRoute: string | undefined
    gruusOf: (binding: Binding) => GruusOfBinding | undefined
  },
): SipResponse {
  const response = makeResponse(request, 200)
  const { headers } = response
  for (const binding of bindings) headers.append('Contact', writeContact(binding, more.nowMs, more.gruusOf(binding)))
  for (const hop of more.path) headers.append('Path', hop)
  if (more.serviceRoute !== undefined) headers.append('Service-Route', more.serviceRoute)
  if (more.isOutbound) headers.append('Require', 'outbound').append('Flow-Timer', String(more.flowTimerSeconds))
  headers.append('Supported', 'path, outbound, gruu')
  return response
}

function writeContact(binding: Binding, nowMs: number, gruus: GruusOfBinding | undefined): string {
  const left = Math.max(1, Math.ceil((binding.expiresAtMs - nowMs) / 1000))
  let text = `<${binding.contact}>;expires=${left}`
  if (binding.q !== 1) text += `;q=${binding.q}`
  if (binding.instanceId !== undefined) text += `;+sip.instance="<${escapeQuoted(binding.instanceId)}>"`
  if (binding.regId !== undefined) text += `;reg-id=${binding.regId}`
  if (gruus !== undefined) text += `;pub-gruu="${escapeQuoted(gruus.public)}"`
  if (gruus?.temporary !== undefined) text += `;temp-gruu="${gruus.temporary}"`
  return text
}

const escapeQuoted = (text: string): string => text.replace(/["\\]/g, '\\$&')
