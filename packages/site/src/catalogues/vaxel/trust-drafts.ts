import { readIp } from '../../net/ip-range.ts'
import type { Draft } from '../draft.ts'
import { edition, when } from './listener-flows.ts'
import type { RunningListeners } from './running-listeners.ts'

const at = (...sections: string[]): Draft['at'] => ({ [edition]: sections })

/** Names in DNS, the certificate, and who has to trust it. */
export function trustDrafts({ certificate, reachedBy, ports }: RunningListeners): readonly Draft[] {
  const names = reachedBy.filter((one) => readIp(one) === undefined)
  return [
    ...(names.length === 0
      ? []
      : [
          {
            id: 'vaxel-names',
            title: 'Names of the platform',
            at: at('VAXEL_PUBLIC_ADDRESS'),
            level: 'required',
            lost: 'Nothing of the platform is found.',
            checks: ['dns'],
            body: { kind: 'dns', names, duty: 'resolve', records: ['A', 'AAAA'] },
          } satisfies Draft,
        ]),
    {
      id: 'vaxel-tls',
      title: 'TLS 1.2 or 1.3, and a certificate that is trusted',
      at: at('Certificate'),
      level: 'required',
      when: { any: [when.browsers, when.phonesOverTls] },
      lost: 'Browsers warn and give no microphone, telephones do not register.',
      by: 'both',
      checks: ['tls'],
      body: {
        kind: 'tls',
        of: 'service',
        versions: ['1.2', '1.3'],
        issuer: certificate === 'acme' ? 'public' : certificate === 'own' ? 'private' : 'either',
        ...(names.length > 0 && { names }),
        port: ports.https.from,
        automaticRenewal: certificate !== 'uploaded',
      },
    },
    ...(certificate === 'own'
      ? [
          {
            id: 'vaxel-root-certificate',
            title: 'The platform’s own authority is trusted',
            at: at('Certificate'),
            level: 'required',
            when: { any: [when.browsers, when.phonesOverTls] },
            lost: 'Browsers warn and give no microphone, telephones do not register.',
            unverifiable:
              'Which authorities a computer or a telephone trusts is not visible to a check of the network.',
            body: {
              kind: 'duty',
              what: 'Install the root certificate, which the platform gives at /vaxel-root.crt, on every PC and telephone; or give the platform a certificate that they trust already.',
            },
          } satisfies Draft,
        ]
      : []),
    ...(certificate === 'uploaded'
      ? [
          {
            id: 'vaxel-certificate',
            title: 'The certificate is renewed in time',
            at: at('Certificate'),
            level: 'required',
            lost: 'On its last day browsers warn and telephones do not register.',
            by: 'provider',
            checks: ['tls'],
            body: {
              kind: 'secret',
              type: 'certificate',
              subject: 'certificate of web and SIP, uploaded by hand',
              leadDays: 21,
              mayExpire: false,
              owner: 'provider',
            },
          } satisfies Draft,
        ]
      : []),
  ]
}
