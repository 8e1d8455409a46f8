import Type from 'typebox'
import { Closed, DomainName, OneOf, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'certificates'
const path = '/api/v1/certificate'

/** The certificate that the server shows to browsers and phones. */
export const ServerCertificate = Closed(
  {
    source: OneOf(
      ['own', 'uploaded', 'acme'],
      '`own`: by the authority of the platform, to be trusted by its root (`/vaxel-root.crt`). `acme`: ordered and renewed by itself.',
    ),
    subject: Type.String(),
    issuer: Type.String(),
    names: Type.Array(Type.String(), { description: 'Names and addresses that it counts for.' }),
    validFrom: Time('From when it counts.'),
    validTo: Time('Until when it counts.'),
    fingerprint: Type.String({ description: 'SHA-256.' }),
    acme: Type.Optional(
      Closed({
        directoryUrl: Type.String(),
        email: Type.Optional(Type.String()),
        names: Type.Array(Type.String()),
        fault: Type.Optional(Closed({ text: Type.String(), at: Time('When it was tried.') })),
      }),
    ),
  },
  { title: 'ServerCertificate' },
)

const Pem = (description: string) => Type.String({ minLength: 50, maxLength: 60_000, description })

export const readCertificate = operation({
  id: 'readCertificate',
  method: 'GET',
  path,
  tag,
  summary: "The server's certificate: whose it is and until when it counts",
  access: 'administrator',
  reply: ServerCertificate,
})

export const uploadCertificate = operation({
  id: 'uploadCertificate',
  method: 'PUT',
  path,
  tag,
  summary: 'Use a certificate of your own from now on; nothing that is connected is dropped',
  access: 'operator',
  body: Closed({
    certificate: Pem("PEM: the server's, then the chain behind it."),
    key: Pem('PEM, without a passphrase.'),
  }),
  reply: ServerCertificate,
})

export const orderCertificate = operation({
  id: 'orderCertificate',
  method: 'POST',
  path: `${path}/order`,
  tag,
  summary: 'Order a certificate by ACME (RFC 8555) and renew it from now on',
  description: 'Each name is proven over HTTP: port 80 of the name must lead to this server.',
  access: 'operator',
  body: Closed({
    directoryUrl: Type.String({
      maxLength: 300,
      pattern: '^https://[^\\s]+$',
      description: 'Of the ACME server: `https://acme-v02.api.letsencrypt.org/directory`.',
    }),
    email: Type.Optional(Type.String({ maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' })),
    names: Type.Array(DomainName('A name that leads here.'), { minItems: 1, maxItems: 50 }),
  }),
  reply: ServerCertificate,
})

export const useOwnCertificate = operation({
  id: 'useOwnCertificate',
  method: 'DELETE',
  path,
  tag,
  summary: "Go back to the certificate of the platform's own authority",
  access: 'operator',
})
