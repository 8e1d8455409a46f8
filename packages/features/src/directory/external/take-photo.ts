import { createHash } from 'node:crypto'
import { mostPhotoBytes, photoTypes } from '@vaxel/contract'
import type { Contact, OpenLdap, PhotoStore } from '@vaxel/core'
import { mostPhotoBytesOfCompany } from '../photo-service.ts'
import type { ReadingParts } from './parts.ts'

/** Takes the photo of an entry over. What is no picture, or too large, is none. @returns whether it is another one */
export async function takePhoto(
  { photos, detectMediaType }: Pick<ReadingParts, 'photos' | 'detectMediaType'>,
  ldap: OpenLdap,
  { dn, attribute, contact }: { dn: string; attribute: string; contact: Pick<Contact, 'id' | 'companyId'> },
): Promise<boolean> {
  const [value] = await ldap.read(dn, attribute)
  const bytes = value === undefined ? undefined : typeof value === 'string' ? Buffer.from(value) : value
  const { id: cardId, companyId } = contact
  const before = photos.tagOf(cardId)
  const photo = bytes && (await readPhoto(bytes, detectMediaType))
  if (photo?.tag === before) return false
  if (photo && photos.bytesOf(companyId) + photo.bytes.length > mostPhotoBytesOfCompany) return false
  return (await photos.put({ companyId, cardId, isUser: false }, photo)) === undefined
}

async function readPhoto(bytes: Uint8Array, detectMediaType: ReadingParts['detectMediaType']) {
  if (bytes.length === 0 || bytes.length > mostPhotoBytes) return undefined
  const mediaType = await detectMediaType(bytes)
  if (mediaType === undefined || !photoTypes.includes(mediaType)) return undefined
  return {
    mediaType,
    bytes,
    tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 16),
  } satisfies NonNullable<Parameters<PhotoStore['put']>[1]>
}
