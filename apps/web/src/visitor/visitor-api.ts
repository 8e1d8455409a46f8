/** What the page may ask; shapes as `operations/web-chat.ts` of the contract has them. */
export interface Site {
  readonly companyName: string
  readonly isOpen: boolean
  readonly asks: 'nothing' | 'name' | 'nameAndAddress'
  readonly consent: string
  readonly privacyUrl?: string
  readonly greeting: string
  readonly takesMessages: boolean
}

export interface Message {
  readonly number: number
  readonly at: string
  readonly from: 'visitor' | 'agent' | 'system'
  readonly name?: string
  readonly text?: string
  readonly code?: string
}

export interface Chat {
  readonly state: 'waiting' | 'talking' | 'ended'
  readonly agentName?: string
  readonly isAgentTyping: boolean
  readonly position?: number
  readonly expectedSeconds?: number
  readonly messages: readonly Message[]
  readonly last: number
  readonly version: number
  readonly canSpeak: boolean
}

export interface Phone {
  readonly address: string
  readonly username: string
  readonly password: string
  readonly to: string
  readonly webSockets: readonly string[]
  readonly iceServers: { urls: string[]; username: string; credential: string }[]
}

/** Refused, or not reached (`UNREACHABLE`). */
export class Refused extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export type Ask = <T>(method: 'GET' | 'POST', path: string, body?: unknown, signal?: AbortSignal) => Promise<T>

/** Without cookies: a visitor is nobody. */
export const askServer: Ask = async <T>(method: string, path: string, body?: unknown, signal?: AbortSignal) => {
  const answer = await fetch(`/api/v1/visitor${path}`, {
    method,
    credentials: 'omit',
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal ? { signal } : {}),
  }).catch(() => undefined)
  if (!answer) throw new Refused('UNREACHABLE')
  const reply = answer.status === 204 ? undefined : await answer.json().catch(() => undefined)
  if (!answer.ok) throw new Refused((reply as { code?: string } | undefined)?.code ?? 'UNREACHABLE')
  return reply as T
}
