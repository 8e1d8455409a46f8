import type { EventPackage } from './event-package.ts'

/** How a request to be put through stands (RFC 6910 §10.2). */
export interface CallCompletion {
  /** `ready`: the callee is free, and it is this caller's turn. */
  readonly state: 'queued' | 'ready'
  /** What is then called. */
  readonly uri: string
}

const encoder = new TextEncoder()

/** The call-completion event package (RFC 6910 §10): whether somebody who was busy, or not there, can be called now. */
export function makeCallCompletionPackage(source: (resource: string) => CallCompletion | undefined): EventPackage {
  return {
    name: 'call-completion',
    contentTypes: ['application/call-completion'],
    defaultExpiresSeconds: 2700,
    minExpiresSeconds: 60,
    maxExpiresSeconds: 2700,
    body(resource, { contentType }) {
      const completion = source(resource)
      return completion && { contentType, bytes: encoder.encode(writeCallCompletion(completion)) }
    },
  }
}

/** RFC 6910 §11. */
export function writeCallCompletion({ state, uri }: CallCompletion): string {
  return `cc-state: ${state}\r\ncc-service-retention\r\ncc-URI: <${uri}>\r\n`
}
