import type { ReplyOf, RequestOf } from '../../api/api.ts'

type Wish = RequestOf<'setSsoSettings'>['body']
type Role = Wish['roles'][number]['role']

/** What stands in the form; empty where nothing is said. */
export interface SsoDraft {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly secretExpiresOn: string
  /** With spaces between them. */
  readonly domains: string
  readonly userClaim: Wish['userClaim']
  readonly createsUsers: boolean
  readonly groupsClaim: string
  /** `group=role`, with commas between them. */
  readonly roles: string
  readonly isOnlyWay: boolean
  readonly emergencyUserId: string | undefined
}

export const draftOfSso = (settings: ReplyOf<'readSsoSettings'> | undefined): SsoDraft => ({
  issuer: settings?.issuer ?? '',
  clientId: settings?.clientId ?? '',
  clientSecret: '',
  secretExpiresOn: settings?.secretExpiresOn ?? '',
  domains: settings?.domains.join(' ') ?? '',
  userClaim: settings?.userClaim ?? 'email',
  createsUsers: settings?.createsUsers ?? false,
  groupsClaim: settings?.groupsClaim ?? '',
  roles: settings?.roles.map(({ group, role }) => `${group}=${role}`).join(', ') ?? '',
  isOnlyWay: settings?.isOnlyWay ?? false,
  emergencyUserId: settings?.emergencyUserId,
})

/** What the server is asked for; what does not fit it says itself, field by field. */
export function wishOfSso(draft: SsoDraft): Wish {
  const { clientSecret, secretExpiresOn, groupsClaim, emergencyUserId } = draft
  return {
    issuer: draft.issuer.trim().replace(/\/\.well-known\/openid-configuration$/, ''),
    clientId: draft.clientId.trim(),
    ...(clientSecret === '' ? {} : { clientSecret }),
    ...(secretExpiresOn === '' ? {} : { secretExpiresOn }),
    domains: draft.domains
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((domain) => domain !== ''),
    userClaim: draft.userClaim,
    createsUsers: draft.createsUsers,
    ...(groupsClaim.trim() === '' ? {} : { groupsClaim: groupsClaim.trim() }),
    roles: draft.roles
      .split(',')
      .map((pair) => pair.trim())
      .filter((pair) => pair !== '')
      .map((pair) => {
        const at = pair.lastIndexOf('=')
        return { group: pair.slice(0, Math.max(at, 0)).trim(), role: pair.slice(at + 1).trim() as Role }
      }),
    isOnlyWay: draft.isOnlyWay,
    ...(draft.isOnlyWay && emergencyUserId !== undefined ? { emergencyUserId } : {}),
  }
}
