/** Status of a message/sipfrag body (RFC 3515 §2.4.5); undefined when it has no status line. */
export function parseSipfrag(body: string): number | undefined {
  const match = /^\s*SIP\/2\.0\s+([1-6]\d\d)\b/.exec(body)
  return match ? Number(match[1]) : undefined
}
