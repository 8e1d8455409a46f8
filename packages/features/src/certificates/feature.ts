import { isRefusal } from '@vaxel/base'
import {
  type OperationHandler,
  type OperationReply,
  orderCertificate,
  perform,
  readCertificate,
  uploadCertificate,
  useOwnCertificate,
} from '@vaxel/contract'
import type { CertificateDesk } from '@vaxel/core'

/** The server's certificate over the API. */
export function createCertificates(desk: CertificateDesk): { readonly handlers: readonly OperationHandler[] } {
  const view = () => toView(desk)
  return {
    handlers: [
      perform(readCertificate, view),
      perform(uploadCertificate, async ({ body }) => {
        const refusal = await desk.upload(body.certificate, body.key)
        return isRefusal(refusal) ? refusal : view()
      }),
      perform(orderCertificate, async ({ body }) => {
        const refusal = await desk.order(body)
        return isRefusal(refusal) ? refusal : view()
      }),
      perform(useOwnCertificate, () => desk.useOwn() as Promise<undefined>),
    ],
  }
}

function toView(desk: CertificateDesk): OperationReply<typeof readCertificate> {
  const { validFromMs, validToMs, names, uses: _, ...rest } = desk.served()
  const acme = desk.acme()
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    ...rest,
    names: [...names],
    validFrom: iso(validFromMs),
    validTo: iso(validToMs),
    ...(acme
      ? {
          acme: {
            directoryUrl: acme.directoryUrl,
            ...(acme.email === undefined ? {} : { email: acme.email }),
            names: [...acme.names],
            ...(acme.fault ? { fault: { text: acme.fault.text, at: iso(acme.fault.atMs) } } : {}),
          },
        }
      : {}),
  }
}
