import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { Mistake } from '@vaxel/base'
import { rewritingMistakes, type Trunk } from '@vaxel/core'
import { revocationMistakes } from './revocation-mistakes.ts'

/** Everything that is wrong with a trunk by itself, with what to do instead. */
export function trunkMistakes(trunk: Trunk): Mistake[] {
  return [
    ...sourceMistakes(trunk),
    ...targetMistakes(trunk),
    ...registrationMistakes(trunk),
    ...certificateMistakes(trunk),
    ...revocationMistakes(trunk),
    ...limitMistakes(trunk),
    ...rewritingMistakes(trunk.rewriting ?? {}),
  ]
}

function sourceMistakes({ fromAddresses }: Trunk): Mistake[] {
  return fromAddresses.flatMap((source, i) =>
    isSource(source) ? [] : [{ path: `/fromAddresses/${i}`, reason: 'is neither an IP literal nor one with a port' }],
  )
}

function targetMistakes({ targets, keying }: Trunk): Mistake[] {
  const mistakes: Mistake[] = []
  targets.forEach(({ host, protocol }, i) => {
    if (!isHost(host)) mistakes.push({ path: `/targets/${i}/host`, reason: 'is neither a host name nor an IP address' })
    if (keying === 'sdes' && protocol !== 'tls')
      mistakes.push({
        path: `/targets/${i}/protocol`,
        reason: 'must be tls where audio is keyed by SDES, whose keys stand in the signalling',
      })
  })
  return mistakes
}

function registrationMistakes({ registration, login, targets, identity, ownHost }: Trunk): Mistake[] {
  const mistakes: Mistake[] = []
  if (registration) {
    if (targets.length === 0)
      mistakes.push({ path: '/targets', reason: 'is empty, so there is nowhere to register: give at least one' })
    if (!login)
      mistakes.push({
        path: '/login',
        reason: 'is missing: a registration needs the user name and password of the account',
      })
    if (!isHost(registration.domain))
      mistakes.push({ path: '/registration/domain', reason: 'is neither a host name nor an IP address' })
    if (/[\s<>"@;:]/.test(registration.user))
      mistakes.push({ path: '/registration/user', reason: 'is only the part before the @, without spaces and marks' })
  }
  if (identity?.from === 'account' && !registration)
    mistakes.push({ path: '/identity/from', reason: 'cannot be the account: this trunk registers nowhere' })
  if (identity?.host !== undefined && !isHost(identity.host))
    mistakes.push({ path: '/identity/host', reason: 'is neither a host name nor an IP address' })
  if (ownHost !== undefined && !isHost(ownHost)) mistakes.push({ path: '/ownHost', reason: 'is no host name' })
  return mistakes
}

function certificateMistakes({ tls, certificateNames }: Trunk): Mistake[] {
  const mistakes: Mistake[] = []
  tls?.ca?.forEach((pem, i) => {
    const reason = authorityMistake(pem)
    if (reason) mistakes.push({ path: `/tls/ca/${i}`, reason })
  })
  certificateNames?.forEach((name, i) => {
    if (!isHost(name) || isIP(name) !== 0)
      mistakes.push({ path: `/certificateNames/${i}`, reason: 'is no host name, as certificates have them' })
  })
  return mistakes
}

function authorityMistake(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).ca ? undefined : 'is no authority: it may not issue certificates. Pin it instead'
  } catch {
    return 'is no certificate in PEM form (-----BEGIN CERTIFICATE-----)'
  }
}

function limitMistakes({ channels, emergencyChannels }: Trunk): Mistake[] {
  if (emergencyChannels === undefined || (channels !== undefined && emergencyChannels <= channels)) return []
  const reason =
    channels === undefined ? 'needs a number of channels to keep them of' : `is more than the ${channels} channels`
  return [{ path: '/emergencyChannels', reason }]
}

function isHost(host: string): boolean {
  if (isIP(host) !== 0) return true
  const labels = host.replace(/\.$/, '').split('.')
  return host.length <= 253 && labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?$/i.test(label))
}

function isSource(source: string): boolean {
  if (isIP(source) !== 0) return true
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(source)
  if (!match) return false
  const port = Number(match[3])
  const family = match[1] === undefined ? isIP(match[2]!) === 4 : isIP(match[1]) === 6
  return family && port > 0 && port < 65_536
}
