import type { Refusal } from '@vaxel/base'
import { InvalidRequest, NotFound } from '@vaxel/contract'
import { type Profile, toE164, type User } from '@vaxel/core'
import { type Asker, countryOf, type DirectoryDependencies } from './scope.ts'

/** What people say of themselves; null takes it away. */
export type OwnProfile = { readonly [K in 'location' | 'mobile' | 'skills']?: Profile[K] | null }

/** Own profiles: what needs no administrator. */
export class ProfileService {
  readonly #around: DirectoryDependencies

  constructor(dependencies: DirectoryDependencies) {
    this.#around = dependencies
  }

  async change({ userId, actor }: Asker, patch: OwnProfile): Promise<Refusal | undefined> {
    return this.#around.configuration.change(actor, (current) => {
      const before = current.user(userId)
      if (!before) return NotFound()
      const after: Record<string, unknown> = { ...before }
      for (const [field, value] of Object.entries(patch)) {
        if (value === null || (Array.isArray(value) && value.length === 0)) delete after[field]
        else if (value !== undefined) after[field] = value
      }
      if (typeof patch.mobile === 'string') {
        const country = countryOf(this.#around, before.companyId)
        const number = toE164(patch.mobile, country)
        if (number === undefined)
          return InvalidRequest(undefined, {
            mistakes: [
              {
                path: '/mobile',
                reason: 'is no telephone number: write it as in your country, or with + and the country code',
              },
            ],
          })
        after['mobile'] = number
      }
      return [{ kind: 'user', before, after: after as unknown as User }]
    })
  }
}
