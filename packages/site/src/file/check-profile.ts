import type { Catalogue, SiteOption } from '../catalogue/catalogue.ts'
import { ownSecret, type SiteProfile } from '../profile/site-profile.ts'
import { checkSchema } from './check-schema.ts'
import { checkDate, checkNetwork, checkUnique, checkVersion } from './check-values.ts'
import { ProfileSchema } from './profile-schema.ts'
import { below, type Mistakes } from './read-file.ts'

/** Adds everything that is wrong with a profile; with its catalogue also options, places and secrets that nobody asks for. */
export function checkProfile(given: unknown, mistakes: Mistakes, catalogue?: Catalogue): void {
  if (!checkSchema(ProfileSchema, given, '', mistakes)) return
  const profile = given as SiteProfile
  if (profile.version !== undefined) checkVersion(profile.version, '/version', mistakes)
  const { inside = [], segments = [], places = {} } = profile.networks ?? {}
  inside.forEach((network, index) => checkNetwork(network, below('/networks/inside', index), mistakes))
  segments.forEach(({ network }, index) =>
    checkNetwork(network, below('/networks/segments', index, 'network'), mistakes),
  )
  checkUnique(
    segments.map(({ name }) => name),
    (index) => below('/networks/segments', index, 'name'),
    'the name of a segment',
    mistakes,
  )
  for (const [name, networks] of Object.entries(places))
    networks.forEach((network, index) => checkNetwork(network, below('/networks/places', name, index), mistakes))
  for (const [index, { notAfter, owner }] of (profile.secrets ?? []).entries()) {
    checkDate(notAfter, below('/secrets', index, 'notAfter'), mistakes)
    if (!/^[^\s@]+@[^\s@]+$/.test(owner))
      mistakes.add(below('/secrets', index, 'owner'), 'must be a mail address such as it@example.com')
  }
  if (catalogue) checkAgainst(profile, catalogue, mistakes)
}

function checkAgainst(profile: SiteProfile, catalogue: Catalogue, mistakes: Mistakes): void {
  if (profile.system !== catalogue.id)
    mistakes.add('/system', `is another system than that of the catalogue, ${catalogue.id}`)
  const options = new Map(catalogue.options.map((option) => [option.id, option]))
  for (const [id, value] of Object.entries(profile.options ?? {})) {
    const reason = wrongOption(options.get(id), value, [...options.keys()])
    if (reason !== undefined) mistakes.add(below('/options', id), reason)
  }
  const places = catalogue.places.map(({ name }) => name)
  for (const name of Object.keys(profile.networks?.places ?? {}))
    if (!places.includes(name))
      mistakes.add(below('/networks/places', name), `is not a place of this catalogue; known are ${places.join(', ')}`)
  const ids = new Set(catalogue.requirements.map(({ id }) => id))
  for (const [index, { requirement }] of (profile.secrets ?? []).entries())
    if (requirement !== ownSecret && !ids.has(requirement))
      mistakes.add(
        below('/secrets', index, 'requirement'),
        `is not the id of a requirement of this catalogue; of what no requirement names it is ${ownSecret}`,
      )
}

function wrongOption(
  option: SiteOption | undefined,
  value: boolean | number | string,
  known: readonly string[],
): string | undefined {
  if (!option) return `is not an option of this catalogue; known are ${known.join(', ')}`
  if (option.kind === 'flag') return typeof value === 'boolean' ? undefined : 'must be true or false'
  if (option.kind === 'count')
    return typeof value === 'number' && Number.isInteger(value) && value >= 0
      ? undefined
      : 'must be a whole number, 0 or more'
  const choices = (option.choices ?? []).map(({ id }) => id)
  return typeof value === 'string' && choices.includes(value) ? undefined : `must be one of ${choices.join(', ')}`
}
