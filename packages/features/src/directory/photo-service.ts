import { createHash } from 'node:crypto'
import { isRefusal, type Refusal, type UserId } from '@vaxel/base'
import {
  mostPhotoBytes,
  NoImage,
  NotAllowed,
  NotFound,
  PhotosFull,
  photoTypes,
  type RepliedBytes,
} from '@vaxel/contract'
import type { Contact, Photo, User } from '@vaxel/core'
import { type ContactService, mayChange } from './contact-service.ts'
import type { Asker, DirectoryDependencies } from './scope.ts'
import type { SearchKeeper } from './search-keeper.ts'

/** All photos of a company. */
export const mostPhotoBytesOfCompany = 2 ** 30

/** Photos of users and contacts: whoever may see the card sees its photo. */
export class PhotoService {
  readonly #around: DirectoryDependencies
  readonly #contacts: ContactService
  readonly #keeper: SearchKeeper

  constructor(dependencies: DirectoryDependencies, contacts: ContactService, keeper: SearchKeeper) {
    this.#around = dependencies
    this.#contacts = contacts
    this.#keeper = keeper
  }

  /** @param tag the tag that the asker has put into the address */
  async read(asker: Asker, cardId: string, tag: string | undefined): Promise<RepliedBytes | Refusal> {
    const whose = await this.#whose(asker, cardId)
    if (isRefusal(whose)) return whose
    const photo = await this.#around.photos.read(asker.companyId, cardId)
    return photo ? { ...photo, isForEver: tag === photo.tag } : NotFound()
  }

  async put(asker: Asker, cardId: string, image: string): Promise<{ photo: string } | Refusal> {
    const whose = await this.#whose(asker, cardId)
    if (isRefusal(whose)) return whose
    const refusal = this.#mayPicture(asker, whose)
    if (refusal) return refusal
    const bytes = Buffer.from(image, 'base64')
    if (bytes.length > mostPhotoBytes) return NoImage()
    const mediaType = await this.#around.detectMediaType(bytes)
    if (mediaType === undefined || !photoTypes.includes(mediaType)) return NoImage()
    if (this.#around.photos.bytesOf(asker.companyId) + bytes.length > mostPhotoBytesOfCompany) return PhotosFull()
    const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 16)
    return (await this.#keep(asker, whose, { mediaType, tag, bytes })) ?? { photo: tag }
  }

  async remove(asker: Asker, cardId: string): Promise<Refusal | undefined> {
    const whose = await this.#whose(asker, cardId)
    if (isRefusal(whose)) return whose
    return this.#mayPicture(asker, whose) ?? this.#keep(asker, whose, undefined)
  }

  async #keep({ companyId }: Asker, whose: User | Contact, photo: Photo | undefined): Promise<Refusal | undefined> {
    const isUser = 'domain' in whose
    const refusal = await this.#around.photos.put({ companyId, cardId: whose.id, isUser }, photo)
    if (refusal) return refusal
    if (isUser) this.#keeper.refreshUser(whose)
    else {
      await this.#keeper.load()
      this.#keeper.put([whose])
    }
    return undefined
  }

  async #whose(asker: Asker, cardId: string): Promise<User | Contact | Refusal> {
    const user = this.#around.configuration.current.user(cardId as UserId)
    if (user) return user.companyId === asker.companyId ? user : NotFound()
    return this.#contacts.read(asker, cardId)
  }

  #mayPicture(asker: Asker, whose: User | Contact): Refusal | undefined {
    if (!('domain' in whose)) return mayChange(asker, whose)
    if (whose.id === asker.userId || asker.isAdministrator) return undefined
    return NotAllowed('The photo of a colleague is set by the colleague or by an administrator.')
  }
}
