import { attributeOf, attributesOf, type MediaDescription, type SessionDescription } from './session-description.ts'

/** `a=mid` (RFC 5888 §4); undefined where missing or not a token. */
export function midOf(media: MediaDescription): string | undefined {
  const mid = attributeOf(media, 'mid')
  return mid && /^[!#-'*+\-.0-9A-Z^-~]{1,64}$/.test(mid) ? mid : undefined
}

/** Identification tags of the first BUNDLE group (RFC 9143 §5), in order. */
export function bundleOf(session: SessionDescription): string[] {
  for (const value of attributesOf(session, 'group')) {
    const [semantics, ...mids] = value.split(/\s+/)
    if (semantics?.toUpperCase() === 'BUNDLE') return mids
  }
  return []
}
