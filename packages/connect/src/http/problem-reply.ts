import { STATUS_CODES } from 'node:http'
import type { Refusal } from '@vaxel/base'

const problemType = 'application/problem+json; charset=utf-8'

/** The face of a refusal in HTTP: RFC 9457 problem details, and the header fields that go with it. */
export function problemOf(refusal: Refusal): { status: number; body: string; headers: Record<string, string> } {
  const headers: Record<string, string> = { 'content-type': problemType }
  if (refusal.http === 401) headers['www-authenticate'] = 'Bearer'
  if (refusal.retryAfterSeconds !== undefined) headers['retry-after'] = String(refusal.retryAfterSeconds)
  const body = JSON.stringify({
    type: `/api/errors/${refusal.code}`,
    title: STATUS_CODES[refusal.http] ?? 'Error',
    status: refusal.http,
    code: refusal.code,
    detail: refusal.text,
    retryAfterSeconds: refusal.retryAfterSeconds,
    mistakes: refusal.mistakes,
  })
  return { status: refusal.http, body, headers }
}
