import type { Catalogue, SiteOption } from '../catalogue/catalogue.ts'
import { factsOf } from '../catalogue/condition.ts'
import { clientKinds, profileFormat, type SiteProfile } from '../profile/site-profile.ts'

/**
 * A profile to fill in, valid as it stands: the kinds of people that the catalogue's requirements ask about (all, if they ask
 * about none), every option with its first choice, and the defaults of voice and traffic written out.
 */
export function profileTemplate(catalogue: Catalogue): SiteProfile {
  const facts = new Set(catalogue.requirements.flatMap(({ appliesWhen }) => factsOf(appliesWhen)))
  const asked = clientKinds.filter((kind) => facts.has(`people.${kind}`))
  const kinds = asked.length > 0 ? asked : clientKinds
  return {
    format: profileFormat,
    name: 'Name of the site',
    system: catalogue.id,
    version: catalogue.version,
    people: Object.fromEntries(kinds.map((kind) => [kind, 0])),
    shareInCall: 0.2,
    agents: { loggedOn: 0, client: kinds[0] ?? 'softphone' },
    options: Object.fromEntries(catalogue.options.map((option) => [option.id, usual(option)])),
    connection: 'internet',
    proxy: 'none',
    networks: { inside: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], stateful: true },
    voice: { codec: 'g711', packetMs: 20, srtp: true, ipVersion: 4, vlan: false, connectionMbps: 100 },
    traffic: { externalCallsPerHour: 0, averageCallSeconds: 180, blocking: 0.01 },
    secrets: [],
  }
}

const usual = ({ kind, choices }: SiteOption): boolean | number | string =>
  kind === 'flag' ? false : kind === 'count' ? 0 : (choices?.[0]?.id ?? '')
