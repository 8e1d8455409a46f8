import type { CertificateDesk } from '@vaxel/core'
import type { FastifyInstance } from './http-library.ts'

/** Where anyone finds the root of the platform's own authority. */
const rootCertificatePath = '/vaxel-root.crt'

/** The root certificate for whoever must trust the server, and the answers that an ACME server asks for. */
export function serveCertificates(app: FastifyInstance, desk: CertificateDesk): void {
  app.get(rootCertificatePath, (_, reply) =>
    reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="vaxel-root.crt"')
      .send(desk.rootPem()),
  )
  app.get('/.well-known/acme-challenge/:token', (request, reply) => {
    const answer = desk.challenge((request.params as { token: string }).token)
    return answer === undefined ? reply.callNotFound() : reply.type('application/octet-stream').send(answer)
  })
}
